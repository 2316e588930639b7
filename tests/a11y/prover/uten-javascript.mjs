// The core path without JavaScript: sign in, see what is wrong, have it corrected, reload, approve, see the receipt.
import assert from "node:assert/strict";
import { test } from "node:test";
import { besok, ga } from "../lib/nettleser.mjs";
import { liste, til, vigilo } from "../lib/scene.mjs";
import { elever, rettAlt } from "../lib/elevkort.mjs";

test("a school is done without JavaScript", async (t) => {
  const skole = "Nordvåg ungdomsskole";
  const person = await besok(t, "sekretar-nordvag", { javaScriptEnabled: false, nytt: true });
  const { side } = person;
  const her = liste(skole);
  await ga(person, her);
  assert.match(await side.locator("[data-status]").innerText(), /må rettes/);

  await rettAlt(skole);
  const alle = await elever(skole);
  const dobbel = alle.find((elev, i) => alle.findIndex((annen) => annen.navn === elev.navn) !== i);
  await vigilo.endre({ type: "slutter", elev: dobbel.id, hardt: false });
  await til("the list is clean", async () => {
    await side.reload();
    return (await side.getByRole("link", { name: "Se over og godkjenn" }).count()) > 0;
  });
  await side.getByRole("link", { name: "Se over og godkjenn" }).click();
  for (const kryss of await side.locator("main input[type=checkbox]").all()) await kryss.check();
  await side.getByRole("button", { name: "Godkjenn og send" }).click();
  await side.waitForURL(`**${her}`);
  await til("the receipt", async () => {
    await side.reload();
    return (await side.getByRole("link", { name: "Se kvitteringen" }).count()) > 0;
  });
  await side.getByRole("link", { name: "Se kvitteringen" }).click();
  assert.match(await side.locator("main").innerText(), /Fylket har mottatt \d+ elever/);

  await ga(person, `${her}/elever`);
  await side.getByLabel("Søk på navn eller klasse").fill("finnesikke");
  await side.getByRole("button", { name: "Søk" }).click();
  await side.getByText(/^Viser 0 av/).waitFor();
});
