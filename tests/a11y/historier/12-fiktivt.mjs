// A pupil has no number. The intake office gives one on a letter, the school enters it, and the office sees that it did; it
// is the wrong one, and the office takes it back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { elever, elevkort } from "../lib/elevkort.mjs";
import { besok, ga } from "../lib/nettleser.mjs";
import { liste, scene } from "../lib/scene.mjs";

const SKOLE = "Solbakken ungdomsskole";
/** As the office makes them: a month that nobody is born in. */
const NUMMER = "42059190061";

test("a number from the intake office is entered by the school, seen by the county, and taken back", async (t) => {
  const skole = await besok(t, "sekretar-solbakken");
  const { side } = skole;
  const her = liste(SKOLE);
  const status = side.locator("main [data-status]");
  await ga(skole, her);
  assert.match(await status.innerText(), /^36 elever: 35 klare, 1 må rettes/);
  await side.locator("section[aria-labelledby=rettes] article ul a").first().click();
  const elev = new URL(side.url()).pathname;
  const navn = await side.locator("h1").innerText();

  const skriv = async (nummer) => {
    await side.locator("#fiktivt summary").click();
    await side.locator("#fiktivt-nummer").fill(nummer);
    await side.locator("#fiktivt-kilde").fill("brev fra inntakskontoret");
    skole.vakt.vent(side.url());
    await side.getByRole("button", { name: "Lagre nummeret" }).click();
  };
  const andre = (await elever(SKOLE)).find((annen) => annen.navn !== navn);
  const { nummer: ekte } = await elevkort(andre.id);
  await skriv(ekte);
  await side.getByRole("heading", { level: 1 }).getByText(/kan ikke gjøres nå|må rettes/).waitFor();
  assert.ok(!(await side.content()).includes(ekte), "another's number is neither taken nor repeated");
  await t.test("refused, axe", (t) => axe(t, side, "a number that is not the office's"));
  await ga(skole, elev);
  await skriv(NUMMER);
  await ga(skole, her);
  await side.getByText(/^36 elever: 36 klare/).first().waitFor();

  const fylke = await besok(t, "inntak");
  await ga(fylke, "/fylke/fiktive");
  await fylke.side.getByRole("link", { name: SKOLE }).click();
  const main = fylke.side.locator("main");
  await main.getByText("brev fra inntakskontoret").waitFor();
  assert.ok(!(await fylke.side.content()).includes(NUMMER), "masked");
  assert.match(await main.innerText(), new RegExp(scene.personer.find((p) => p.sub === "sekretar-solbakken").navn), "who entered it");
  await t.test("the county's page, axe", (t) => axe(t, fylke.side, "/fylke/fiktive/{liste}"));
  await fylke.side.locator("details[id^=bort-] summary").first().click();
  await fylke.side.locator("details[id^=bort-] textarea, details[id^=bort-] input:not([type=hidden])").first().fill("Gjelder en annen elev");
  await fylke.side.locator("details[id^=bort-] button").first().click();
  await fylke.side.getByText("brev fra inntakskontoret").waitFor({ state: "detached" });
  await ga(skole, her);
  await side.getByText(/^36 elever: 35 klare, 1 må rettes/).first().waitFor();
});
