// Nobody knows whether the county has got the list: the page says so, and that nobody should send again. A person finds out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { besok, ga, send } from "../lib/nettleser.mjs";
import { liste, vigo } from "../lib/scene.mjs";

const SKOLE = "Elvebakken ungdomsskole";

test("story 3: an answer is lost on the way", async (t) => {
  t.after(vigo.frisk);
  await vigo.feil({ feil: { type: "mistet_svar" }, ganger: 1 });
  const for_ = (await vigo.innsendinger()).length;
  const person = await besok(t, "sekretar-elvebakken");
  const { side } = person;
  await ga(person, `${liste(SKOLE)}/godkjenn`);
  for (const kryss of await side.locator("main input[type=checkbox]").all()) await kryss.check();
  await side.getByRole("button", { name: "Godkjenn og send" }).click();
  await side.getByText("Vi vet ikke om listen kom fram. Ikke send den på nytt på noen annen måte.").waitFor();
  assert.equal(await side.getByRole("link", { name: "Se over og godkjenn" }).count(), 0, "there is nothing to send with");
  await t.test("the page, axe", (t) => axe(t, side, "unknown outcome"));
  await ga(person, `${liste(SKOLE)}/godkjenn`);
  assert.equal(await side.getByRole("button", { name: "Godkjenn og send" }).count(), 0);
  await ga(person, liste(SKOLE));

  const avklar = side.locator("section[aria-labelledby=avklar]");
  await avklar.getByLabel("Ja, VIGO har den").check();
  await avklar.getByLabel(/Hvordan vet du det/).fill("Ringte inntakskontoret");
  await avklar.getByRole("button", { name: "Lagre svaret" }).click();
  await side.getByText(/Fylket har mottatt \d+ elever/).waitFor();
  assert.equal((await vigo.innsendinger()).length, for_ + 1, "it was sent once");
  await ga(person, `${liste(SKOLE)}/kvittering`);
  assert.match(await side.locator("ol.tidslinje").innerText(), /Fant ut at VIGO har listen: Ringte inntakskontoret/);
});
