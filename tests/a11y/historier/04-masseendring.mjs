// A whole school is suddenly gone from the school system. Nothing happens until the municipality has looked: once it is the
// system that fails, and the change is thrown away; once it is true.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { elever } from "../lib/elevkort.mjs";
import { bilde } from "../lib/bilder.mjs";
import { besok, ga } from "../lib/nettleser.mjs";
import { liste, til, vigilo } from "../lib/scene.mjs";

const SKOLE = "Furulia ungdomsskole";
const KILDE = "/kommune/kilder/eksempel/vigilo";

/** Has the school system read until something waits for a decision. */
async function vent(person) {
  const { side } = person;
  const spurt = Date.now();
  await til("a mass change waits", async () => {
    await ga(person, "/kommune/kilder");
    if (await side.locator(`a[href="${KILDE}#hold"]`).count()) return true;
    const hent = side.locator(`form[action="${KILDE}/hent"] button`);
    if (await hent.count()) await hent.click();
    return false;
  }, 90_000);
  await side.locator(`a[href="${KILDE}#hold"]`).click();
  return Date.now() - spurt;
}

test("story 4: a mass change is held, shown, thrown away once and approved once", async (t) => {
  t.after(vigilo.frisk);
  const person = await besok(t, "kommune");
  const { side } = person;
  const antall = async () => {
    await ga(person, liste(SKOLE));
    return side.locator("main [data-status]").innerText();
  };
  const [, for_] = (await antall()).match(/^(\d+) elever/);
  const ingen = new RegExp(`^${for_} elever`);

  // The token does not cover one of the schools: all of it is away.
  await vigilo.feil({ feil: { type: "skole_uten_tilgang", nr: 0 } });
  await vent(person);
  const rapport = side.locator("section[aria-labelledby=hold]");
  await t.test("the report, axe", (t) => axe(t, side, "mass change"));
  await bilde(side, "kommune-masseendring", { hoyde: 900 });
  assert.match(await rapport.innerText(), /er borte\. Grensen er \d+/);
  await rapport.getByRole("textbox").fill("Skolesystemet svikter");
  await rapport.getByRole("button", { name: /Forkast/i }).click();
  await side.getByText("Skolesystemet svikter").first().waitFor();
  await vigilo.frisk();
  assert.match(await antall(), ingen, "nobody is gone");

  // Forty pupils have left, and it is true.
  const borte = (await elever(SKOLE)).slice(0, 40);
  await vigilo.endre(...borte.map(({ id }) => ({ type: "slutter", elev: id, hardt: false })));
  await vent(person);
  assert.match(await antall(), ingen, "they are there until somebody has looked");
  await ga(person, KILDE);
  assert.match(await rapport.innerText(), /Furulia ungdomsskole/);
  await rapport.getByRole("textbox").fill("Skolen er delt i to");
  await rapport.getByRole("button", { name: /Godkjenn/i }).click();
  await til("they are gone", async () => (await antall()).startsWith(`${for_ - 40} elever`));
});
