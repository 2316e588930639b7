// Forms that are refused, and what comes of those that are not: who may come in, what a round says, whether a receipt is
// genuine. What was written is still there after a refusal.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { navn, papir, smal } from "../lib/krav.mjs";
import { besok, ga } from "../lib/nettleser.mjs";
import { liste } from "../lib/scene.mjs";

async function krav(t, side, hva) {
  await t.test(`${hva}: names`, () => navn(side));
  await t.test(`${hva}: axe`, (t) => axe(t, side, hva));
  await t.test(`${hva}: narrow and large`, () => smal(side));
  await t.test(`${hva}: paper`, () => papir(side));
}

/** Sends a form as a browser that judges nothing itself. */
async function sendUvurdert(person, knapp) {
  person.vakt.vent(new URL(await knapp.evaluate((e) => e.form.action)).href);
  await knapp.evaluate((e) => { e.form.noValidate = true; });
  await knapp.click();
}

test("a person is invited, after a form that lacked a role", async (t) => {
  const person = await besok(t, "kommune");
  const { side } = person;
  await ga(person, "/brukere");
  await side.getByRole("link", { name: "Inviter en bruker" }).click();
  await side.getByLabel("Navn", { exact: true }).fill("Vera Vikar");
  await side.getByLabel("E-postadresse").fill("vera.vikar@demo.example");
  const lag = side.getByRole("button", { name: "Lag invitasjon" });
  await sendUvurdert(person, lag);
  await side.getByText("Velg minst én rolle.").first().waitFor();
  await krav(t, side, "a user without a role");
  assert.equal(await side.getByLabel("Navn", { exact: true }).inputValue(), "Vera Vikar", "what was written is still there");
  await side.getByLabel("Revisor", { exact: true }).check();
  await lag.click();
  const kode = await side.locator("#kode").innerText();
  assert.match(kode.replaceAll(/[\s-]/g, ""), /^\w{8,}$/, "a code to hand over");
  await krav(t, side, "an invitation");
  await ga(person, "/brukere");
  const html = await side.content();
  assert.ok(html.includes("Vera Vikar") && !html.includes(kode), "the code is shown once");
  await side.getByRole("link", { name: "Vera Vikar" }).click();
  await side.locator("#fjern summary").click();
  await side.locator("#fjern button").click();
  await side.waitForURL("**/brukere");
  assert.ok(!(await side.content()).includes("Vera Vikar"), "gone again");
});

test("a round is not edited without saying why", async (t) => {
  const person = await besok(t, "inntak");
  const { side } = person;
  await ga(person, "/fylke/runder");
  await side.locator('main a[href^="/fylke/runder/"]').first().click();
  await side.locator('a[href$="/rediger"]').click();
  const lagre = side.locator("main form button[type=submit]").first();
  const for_ = await side.locator("#instruks").inputValue();
  await side.locator("#instruks").fill("Ring oss om du lurer på noe.");
  await sendUvurdert(person, lagre);
  await side.getByText("Ingenting er endret").waitFor();
  assert.equal(await side.locator("#instruks").inputValue(), "Ring oss om du lurer på noe.", "what was written is still there");
  await krav(t, side, "a round that is not edited");
  await side.getByRole("link", { name: "Avbryt" }).click();
  await side.locator('a[href$="/rediger"]').click();
  assert.equal(await side.locator("#instruks").inputValue(), for_);
});

test("the county finds out whether a receipt is genuine", async (t) => {
  const skole = await besok(t, "sekretar");
  await ga(skole, `${liste("Eksempel ungdomsskole")}/kvittering`);
  const lenke = skole.side.getByRole("link", { name: /signert kvittering/ });
  const [last] = await Promise.all([skole.side.waitForEvent("download"), lenke.click()]);
  const bytes = [];
  for await (const del of await last.createReadStream()) bytes.push(del);
  const ekte = Buffer.concat(bytes);

  const person = await besok(t, "inntak");
  const { side } = person;
  const kontroller = async (buffer) => {
    await ga(person, "/fylke/kvitteringer");
    await side.locator("#kontroller summary").click();
    person.vakt.ventPa(/\/fylke\/kvitteringer\/kontroll$/);
    await side.locator("#fil").setInputFiles({ name: "kvittering.json", mimeType: "application/json", buffer });
    await side.getByRole("button", { name: "Kontroller" }).click();
    await side.getByRole("heading", { name: "Kontroller en kvittering" }).waitFor();
    return side.locator("main").innerText();
  };
  assert.match(await kontroller(ekte), /Kvitteringen er ekte/);
  await krav(t, side, "a genuine receipt");
  // The last of several digits turned: one that is signed, in a place of its own.
  const tall = [...ekte.toString().matchAll(/\d/g)].at(-1).index;
  const falsk = Buffer.from(ekte);
  falsk[tall] = falsk[tall] === 0x31 ? 0x32 : 0x31;
  assert.match(await kontroller(falsk), /Kvitteringen beviser ingenting/);
  await krav(t, side, "a forged receipt");
});
