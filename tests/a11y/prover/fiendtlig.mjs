// Names that somebody would break the pages with.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { enKlasse } from "../lib/elevkort.mjs";
import { smal } from "../lib/krav.mjs";
import { besok, ga } from "../lib/nettleser.mjs";
import { liste, til, vigilo } from "../lib/scene.mjs";

const NAVN = [
  "<b>fet</b><script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "' onfocus='alert(1)' autofocus='",
  "{{7*7}}${7*7}<%= 7*7 %>",
  "\u202Eomvendt\u202C\u200F",
  "👩‍🏫🇳🇴 Ærø\u0301y",
  "=HYPERLINK(\"http://ond.example\")",
  "Å".repeat(200),
];

test("whatever a name is, it is text", async (t) => {
  const person = await besok(t, "sekretar-furulia");
  const { side } = person;
  const her = liste("Furulia ungdomsskole");
  // Without numbers, so that no register says what they are called.
  const { skole, klasse } = await enKlasse("Furulia ungdomsskole");
  const nye = NAVN.map((etternavn) => ({ type: "kommer", id: randomUUID(), skole, klasse, fornavn: "Prøve", mellomnavn: null, etternavn, nummer: null }));
  await vigilo.endre(...nye);
  t.after(() => vigilo.endre(...nye.map(({ id }) => ({ type: "slutter", elev: id, hardt: false }))));
  const vasket = (tekst) => tekst.normalize("NFC").replace(/\s+/g, " ").trim();
  await til("the names have come", async () => {
    await ga(person, `${her}/elever`);
    return (await side.locator("main tbody").innerText()).includes("<b>fet</b>");
  });
  const vist = (await side.locator("main tbody th a").allInnerTexts()).map(vasket);
  for (const navn of NAVN.filter((navn) => !navn.includes("\u202E"))) {
    assert.ok(vist.some((v) => v.includes(vasket(navn))), `«${navn.slice(0, 40)}» is shown as it is written`);
  }
  assert.equal(await side.locator("main b, main img, main script, main [onfocus]").count(), 0, "nothing of it became markup");
  assert.ok(!vist.join("").includes("49"), "nothing of it was computed");
  // Marks that turn the direction reach no further than the name.
  assert.equal(await side.locator("main tbody th a").evaluateAll((a) => a.every((e) => e.querySelector("bdi"))), true);
  await t.test("axe", (t) => axe(t, side, "hostile names"));
  await t.test("narrow and large", () => smal(side));
  const deres = side.locator("main tbody th a", { hasText: "Prøve" });
  for (const lenke of await deres.evaluateAll((a) => a.map((e) => e.getAttribute("href")))) {
    await ga(person, lenke);
    assert.equal(await side.locator("main b, main img, main script").count(), 0);
    assert.doesNotMatch(lenke, /fet|alert|omvendt/, "no name in an address");
  }
});
