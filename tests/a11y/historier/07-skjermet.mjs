// A pupil whose address nobody may know is in the school system, and nowhere here: not by name, number, id or search.
import assert from "node:assert/strict";
import { test } from "node:test";
import { elever, elevkort } from "../lib/elevkort.mjs";
import { besok, ga } from "../lib/nettleser.mjs";
import { liste, scene } from "../lib/scene.mjs";

const SKOLE = "Elvebakken ungdomsskole";

test("story 7: a strictly protected pupil is invisible", async (t) => {
  const person = await besok(t, "sekretar-elvebakken");
  const { side } = person;
  const her = liste(SKOLE);
  await ga(person, `${her}/elever`);
  const vist = await side.locator("main tbody th a").allInnerTexts();
  const alle = await elever(SKOLE);
  // A letter that VIGO does not know is written as the one it knows.
  const skjult = alle.filter(({ navn }) => !vist.includes(navn.replaceAll("ı", "i")));
  assert.equal(alle.length, 28);
  assert.equal(vist.length, 27, "one less than the school system has");
  assert.equal(skjult.length, 1);
  const [{ id, navn }] = skjult;
  const { nummer } = await elevkort(id);

  const les = async (hvem, adresse, valg) => {
    await ga(hvem, adresse, valg);
    const html = await hvem.side.content();
    for (const spor of [navn, nummer, id, nummer.slice(0, 6)]) assert.ok(!html.includes(spor), `${adresse} as ${hvem.sub} gives the pupil away`);
    return html;
  };
  const ider = await side.locator('main a[href*="/elev/"]').evaluateAll((a) => a.map((e) => e.getAttribute("href")));
  for (const adresse of [her, `${her}/elever`, `${her}/endringer`, `${her}/endringer?siden=2026-01-01`, `${her}/kvittering`, `${her}/godkjenn`, ider[0], `${ider[0]}/forklaring`]) {
    await les(person, adresse);
  }
  await ga(person, `${her}/elev/${id}`, { status: 404 });

  await ga(person, `${her}/elever`);
  await side.getByLabel("Søk på navn eller klasse").fill(navn);
  await side.getByRole("button", { name: "Søk" }).click();
  assert.match(await side.locator("main [role=status]").last().innerText(), /^Viser 0 av/);

  const kommune = await besok(t, "kommune");
  for (const adresse of ["/kommune", `/kommune${her}`, her, `${her}/elever`]) await les(kommune, adresse);
  const strom = await fetch(`${scene.sider}${her}/elever`, { redirect: "manual" });
  assert.equal(strom.status, 303, "nobody who is not signed in sees anything");
});
