// A school whose owner is not the municipality hands in the files of its system: first something else, then far too much,
// then the right one. Nobody of another owner sees any of it.
import assert from "node:assert/strict";
import { mkdtempSync, openSync, closeSync, ftruncateSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { besok, ga, send } from "../lib/nettleser.mjs";
import { liste, scene, til } from "../lib/scene.mjs";

const SKOLE = "Friskolen";

/** A file of 100 MB that takes no room. */
function enorm(t) {
  const mappe = mkdtempSync(join(tmpdir(), "mellomlag-a11y-"));
  t.after(() => rmSync(mappe, { recursive: true }));
  const fil = openSync(join(mappe, "enorm.zip"), "w");
  ftruncateSync(fil, 100 * 1024 * 1024);
  closeSync(fil);
  return join(mappe, "enorm.zip");
}

test("a school hands in its first file, and no other owner sees it", async (t) => {
  const person = await besok(t, "sekretar-friskolen");
  const { side, vakt } = person;
  vakt.ventPa(/\/fil(\/|$)/);
  const lever = async (fil) => {
    await side.locator("input[type=file]").setInputFiles(fil);
    await side.locator("main form button[type=submit]").click();
  };
  await ga(person, "/skole");
  await side.getByRole("link", { name: /lever|last opp/i }).click();
  await t.test("the first file's form, axe", (t) => axe(t, side, "/fil/{tenant}/{kilde}"));

  await lever({ name: "elever.zip", mimeType: "application/zip", buffer: Buffer.from("Navn;Klasse\r\nPrøve;10A\r\n") });
  await side.getByRole("alert").waitFor();
  await t.test("a file that is something else, axe", (t) => axe(t, side, "refused package"));

  await ga(person, "/skole");
  await side.getByRole("link", { name: /lever|last opp/i }).click();
  await lever(enorm(t));
  await side.getByRole("heading", { name: /for stor/i }).waitFor();

  await ga(person, "/skole");
  await side.getByRole("link", { name: /lever|last opp/i }).click();
  await lever(scene.pakker[SKOLE]);
  await side.getByRole("heading", { name: "Lever filen" }).waitFor();
  assert.match(await side.locator("section[aria-labelledby=rapport]").innerText(), /users\.csv\s+15\s+15\s+0\s+0/, "what was found");
  await t.test("what was found, axe", (t) => axe(t, side, "checked package"));
  await lever(scene.pakker[SKOLE]);
  await side.getByText("Filen er levert.").waitFor();
  await til("the list comes into being", async () => {
    await ga(person, "/skole");
    return /\/skole\/[^/]+$/.test(new URL(side.url()).pathname);
  });
  const her = new URL(side.url()).pathname;
  await til("all of them are there", async () => {
    await ga(person, her);
    return /^15 elever: 15 klare/.test(await side.locator("main [data-status]").innerText());
  });
  await side.getByRole("link", { name: /lever|last opp/i }).first().click();
  await t.test("the next file's form, axe", (t) => axe(t, side, "/skole/{liste}/fil"));
  await ga(person, `${her}/elever`);
  const elev = await side.locator('main a[href*="/elev/"]').first().getAttribute("href");

  await t.test("the municipality does not see it, nor does a school of the municipality", async (t) => {
    for (const sub of ["kommune", "sekretar", "revisor", "integrator"]) {
      const annen = await besok(t, sub);
      for (const adresse of [her, `${her}/elever`, elev, `${elev}/forklaring`, `${her}/kvittering.json`, `/kommune${her}`]) {
        await ga(annen, adresse, { status: 404 });
      }
    }
    const kommune = await besok(t, "kommune");
    await ga(kommune, "/kommune");
    await send(kommune, `${elev}/nummer`, {}, { status: 404 });
    await ga(kommune, "/kommune");
    await send(kommune, elev, { hva: "hold", grunn: "prøve" }, { status: 404 });
    await ga(kommune, "/kommune");
    assert.ok(!(await kommune.side.content()).includes(SKOLE), "not even by name");
  });
  await t.test("and the school sees nobody of the municipality's", async () => {
    for (const adresse of [liste("Eksempel ungdomsskole"), `${liste("Eksempel ungdomsskole")}/elever`]) {
      await ga(person, adresse, { status: 404 });
    }
  });

  await ga(person, her);
  await side.getByRole("link", { name: "Se over og godkjenn" }).click();
  for (const kryss of await side.locator("main input[type=checkbox]").all()) await kryss.check();
  await side.getByRole("button", { name: "Godkjenn og send" }).click();
  await side.locator("#innhold").getByText(/Fylket har mottatt 15 elever/).first().waitFor();
});
