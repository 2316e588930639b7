// The school system shows a record that cannot be read. It is kept, nobody is lost; when the system is right again it is
// read again, one or all of a cause, after a try that says what would happen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { bilde } from "../lib/bilder.mjs";
import { elever, elevkort, lagre } from "../lib/elevkort.mjs";
import { besok, ga } from "../lib/nettleser.mjs";
import { liste, til, vigilo } from "../lib/scene.mjs";

const SKOLE = "Furulia ungdomsskole";

test("story 10: what could not be read is played again from quarantine", async (t) => {
  t.after(vigilo.frisk);
  const person = await besok(t, "integrator");
  const { side } = person;
  await ga(person, "/drift/karantene");
  const tomt = await side.locator("tbody tr").count();

  await vigilo.feil({ feil: { type: "ukjent_enum" }, samling: "users" });
  await vigilo.feil({ feil: { type: "ukjent_enum" }, samling: "students" });
  const elev = (await elever(SKOLE)).find(({ klasse }) => klasse !== "uten klasse");
  const { nummer } = await elevkort(elev.id);
  await lagre(elev.id, { nummer: "" });
  await til("it lies in quarantine", async () => {
    await ga(person, "/drift/karantene");
    return (await side.locator("tbody tr").count()) > tomt;
  }, 90_000);
  await t.test("quarantine, axe", (t) => axe(t, side, "/drift/karantene"));
  await bilde(side, "drift-karantene");
  await side.locator("tbody th a").first().click();
  await t.test("a cause, axe", (t) => axe(t, side, "/drift/karantene/{arsak}"));
  const arsak = new URL(side.url()).pathname;
  for (const spor of [elev.navn, nummer]) assert.ok(!(await side.content()).includes(spor), "the integrator sees nobody");

  await vigilo.frisk();
  await side.locator(`form[action="${arsak}/prov"] button`).first().click();
  const prove = side.locator("section[aria-labelledby=prove]");
  const ligger = await side.locator("section[aria-labelledby=poster] tbody tr").count();
  assert.match(await prove.innerText(), new RegExp(`${ligger} av ${ligger} kan leses nå`), "the try says how many");
  await t.test("the try, axe", (t) => axe(t, side, "/drift/karantene/{arsak}/prov"));
  await side.locator(`form[action="${arsak}/spill"] button`).click();
  await til("the cause is gone", async () => {
    await ga(person, "/drift/karantene");
    return (await side.locator(`a[href="${arsak}"]`).count()) === 0;
  }, 90_000);

  const skole = await besok(t, "sekretar-furulia");
  await til("the pupil is as the school system says", async () => {
    await ga(skole, `${liste(SKOLE)}/elever`);
    return skole.side.locator("main tbody tr", { hasText: elev.navn }).filter({ hasText: "–" }).count();
  });
  await lagre(elev.id, { nummer });
});
