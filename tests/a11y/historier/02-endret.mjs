// Something changes after the approval, before the list is sent: it must be approved again. A window from before the change
// approves nothing, and two windows with two clicks in each approve once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { elever } from "../lib/elevkort.mjs";
import { besok, ga } from "../lib/nettleser.mjs";
import { liste, vigilo } from "../lib/scene.mjs";

const SKOLE = "Lillevik skole";
const HEN = "sekretar-lillevik";

/** The page for approving, with everything ticked. */
async function krysset(t) {
  const person = await besok(t, HEN);
  await ga(person, `${liste(SKOLE)}/godkjenn`);
  for (const kryss of await person.side.locator("main input[type=checkbox]").all()) await kryss.check();
  person.vakt.vent(person.side.url());
  return { ...person, send: person.side.getByRole("button", { name: "Godkjenn og send" }) };
}

async function godkjenninger(person) {
  await ga(person, `${liste(SKOLE)}/kvittering`);
  return (await person.side.locator("ol.tidslinje").innerText()).match(/Godkjente listen/g)?.length ?? 0;
}

test("story 2: after a change the list must be approved again, and is once", async (t) => {
  const integrator = await besok(t, "integrator");
  const pauser = integrator.side;
  await ga(integrator, "/drift/pauser");
  const valg = pauser.locator("select#hva");
  await valg.selectOption(await valg.locator("option", { hasText: SKOLE }).getAttribute("value"));
  await pauser.locator("#grunn").fill("Skolen ba om det");
  await pauser.locator('form[action="/drift/pauser"] button').click();
  const igjen = pauser.locator('form[action="/drift/pauser/gjenoppta"] button');
  await igjen.waitFor();
  await t.test("the pauses, axe", (t) => axe(t, pauser, "/drift/pauser"));

  const gammel = await krysset(t);
  const person = await krysset(t);
  const { side } = person;
  await person.send.click();
  await side.getByText(/Listen er godkjent/).waitFor();

  const [elev] = await elever(SKOLE);
  await vigilo.endre({ type: "slutter", elev: elev.id, hardt: false });
  await side.getByText(/^11 elever: 11 klare/).first().waitFor();
  await side.getByRole("link", { name: "Se over og godkjenn" }).waitFor();

  await t.test("a window from before the change approves nothing", async (t) => {
    await gammel.send.click();
    await gammel.side.getByText("Listen er endret siden du så på den").waitFor();
    await axe(t, gammel.side, "the list has changed");
    assert.equal(await godkjenninger(gammel), 1);
  });

  await side.getByRole("link", { name: "Se over og godkjenn" }).click();
  assert.match(await side.locator("section[aria-labelledby=siden]").innerText(), /Godkjent av/, "who approved what no longer counts");

  await t.test("two windows, and two clicks in each, approve once", async (t) => {
    const [en, to] = [await krysset(t), await krysset(t)];
    await en.send.dblclick();
    await en.side.waitForURL(`**${liste(SKOLE)}`);
    await to.send.dblclick();
    await to.side.getByText(/Listen er godkjent|Listen er endret|kan ikke godkjennes/).first().waitFor();
    assert.equal(await godkjenninger(en), 2, "one before the change, one after");
  });

  await ga(integrator, "/drift/pauser");
  await igjen.click();
  await ga(person, liste(SKOLE));
  await side.getByText(/Fylket har mottatt 11 elever/).waitFor();
  assert.equal(await godkjenninger(person), 2);
  assert.equal(await side.locator("ol.tidslinje .gjennomstrek").count(), 1, "the first approval is struck out");
});
