// Three things are wrong at a school. The secretary reads what and where, corrects it in the school's own system, sees each
// row turn by itself, and sends. She has never seen the page before: what she does is counted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { bilde } from "../lib/bilder.mjs";
import { rettElev } from "../lib/elevkort.mjs";
import { besok, ga, loggInn } from "../lib/nettleser.mjs";
import { liste, vigo } from "../lib/scene.mjs";

const SKOLE = "Eksempel ungdomsskole";

test("story 1: three avvik are corrected in the school's system, and the list is sent", async (t) => {
  const person = await besok(t, "sekretar", { nytt: true });
  const { side, kontekst } = person;
  let klikk = 0;
  const klikkPa = (hva) => { klikk += 1; return hva.click(); };

  await side.goto("/");
  await loggInn(person);
  klikk += 2;
  await side.waitForURL(`**${liste(SKOLE)}`);
  const status = side.locator("main [data-status]");
  assert.match(await status.innerText(), /^112 elever: 109 klare, 3 må rettes\. Frist .+ kl\. .+ \(.+ igjen\)\./);
  assert.match(await side.locator("h1").innerText(), /10\. trinn 2026\/27 – Eksempel ungdomsskole/);
  const saker = side.locator("section[aria-labelledby=rettes] article");
  assert.equal(await saker.count(), 3);
  await bilde(side, "skole-rettes");

  // The page is never loaded again: what turns, turns by itself.
  await side.evaluate(() => { window.sammeSide = true; });
  const system = await kontekst.newPage();
  for (let igjen = 3; igjen > 0; igjen--) {
    const sak = saker.first();
    const [hvem, hvor] = [await sak.locator("ul a").first().innerText(), await sak.innerText()];
    assert.match(hvor, /Hvem retter: skolen\. Hvor: Vigilo → .+ → .+/, "who, where, in which menu");
    assert.match(hvor, /Hva skjer så: \S+/);
    klikk += await rettElev(system, SKOLE, hvem);
    await side.getByText(igjen > 1 ? new RegExp(`${igjen - 1} må rettes`) : /112 elever: 112 klare/).first().waitFor();
    const rettet = side.locator("section[aria-labelledby=rettet] li", { hasText: hvem });
    await rettet.first().waitFor();
    assert.match(await rettet.first().innerText(), /Rettet, kontrollert/);
    assert.equal(await saker.count(), igjen - 1);
  }
  await system.close();
  assert.ok(await side.evaluate(() => window.sammeSide), "the page was not loaded anew");
  assert.match(await side.locator("#levende").innerText(), /112 klare/, "who hears the page hears it too");

  await klikkPa(side.getByRole("link", { name: "Se over og godkjenn" }));
  await bilde(side, "skole-godkjenn");
  const kryss = side.locator("main input[type=checkbox]");
  for (const boks of await kryss.all()) await klikkPa(boks);
  await klikkPa(side.getByRole("button", { name: "Godkjenn og send" }));
  await side.getByText(/Fylket har mottatt 112 elever/).waitFor();
  await t.test("the received list, axe", (t) => axe(t, side, "received"));
  await klikkPa(side.getByRole("link", { name: "Se kvitteringen" }));
  await side.getByRole("heading", { name: "Fylket har mottatt 112 elever" }).waitFor();
  await bilde(side, "skole-kvittering");
  t.diagnostic(`the school's story took ${klikk} clicks`);
  assert.ok(klikk <= 25, `${klikk} clicks`);

  const [last] = await Promise.all([side.waitForEvent("download"), side.getByRole("link", { name: /signert kvittering/ }).click()]);
  assert.match(last.suggestedFilename(), /^kvittering-.*\.json$/);
  const mottatt = (await vigo.innsendinger()).filter(({ school }) => school.name === SKOLE);
  assert.deepEqual(mottatt.map(({ lines }) => lines.length), [112], "it was sent once, with everybody");
});
