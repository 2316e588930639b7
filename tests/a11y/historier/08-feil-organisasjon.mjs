// Somebody changes the address to another's list and pupils. It is as if they did not exist, and it is written down where the
// auditor sees it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { papir } from "../lib/krav.mjs";
import { besok, ga, send } from "../lib/nettleser.mjs";
import { liste, scene } from "../lib/scene.mjs";

test("story 8: another's list and pupils do not exist, and the attempt is noted", async (t) => {
  const fremmed = "Eksempel ungdomsskole";
  const eier = await besok(t, "kommune");
  await ga(eier, `${liste(fremmed)}/elever`);
  const elev = await eier.side.locator('main a[href*="/elev/"]').first().getAttribute("href");
  const id = elev.split("/").pop();

  const hvem = scene.personer.find((p) => p.sub === "sekretar-granly").navn;
  const person = await besok(t, "sekretar-granly");
  await ga(person, "/finnes-ikke", { status: 404 });
  const ukjent = await person.side.locator("main").innerText();
  for (const adresse of [
    liste(fremmed), `${liste(fremmed)}/elever`, `${liste(fremmed)}/endringer`, `${liste(fremmed)}/kvittering`, `${liste(fremmed)}/kvittering.json`,
    `${liste(fremmed)}/godkjenn`, elev, `${elev}/forklaring`,
    // Another's pupil under one's own list.
    `${liste("Granly ungdomsskole")}/elev/${id}`, `${liste("Granly ungdomsskole")}/elev/${id}/forklaring`,
    `/kommune${liste(fremmed)}`, `/fylke/liste/${scene.lister[fremmed]}`,
  ]) {
    await ga(person, adresse, { status: 404 });
    assert.equal(await person.side.locator("main").innerText(), ukjent, adresse);
  }
  for (const [adresse, felter] of [
    [`${liste(fremmed)}/godkjenn`, { segl: "x", sekvens: "1" }],
    [`${elev}/nummer`, {}],
    [elev, { hva: "hold", grunn: "prøve" }],
    [`${liste("Granly ungdomsskole")}/elev/${id}`, { hva: "hold", grunn: "prøve" }],
    [`${liste("Granly ungdomsskole")}/elev/${id}/nummer`, {}],
  ]) {
    await ga(person, liste("Granly ungdomsskole"));
    await send(person, adresse, felter, { status: 404 });
  }
  const strom = await person.kontekst.request.get(`/levende/${scene.lister[fremmed]}`, { timeout: 5_000 });
  assert.equal(strom.status(), 404, "nor is it told when another's list changes");

  await t.test("the auditor sees who tried, and whom she did not see", async (t) => {
    const revisor = await besok(t, "revisor");
    await ga(revisor, "/innsyn");
    const rad = revisor.side.locator("tbody tr", { hasText: hvem }).filter({ hasText: "Nektet" });
    await rad.first().waitFor();
    await rad.first().getByRole("link").first().click();
    assert.match(await revisor.side.locator("main").innerText(), new RegExp(hvem));
  });
});

test("an auditor sees who saw whom, and no name of a pupil", async (t) => {
  const skole = "Solbakken ungdomsskole";
  const person = await besok(t, "sekretar-solbakken");
  await ga(person, `${liste(skole)}/elever`);
  const navn = await person.side.locator("main tbody th a").first().innerText();
  await person.side.locator("main tbody th a").first().click();
  const id = new URL(person.side.url()).pathname.split("/").pop();
  const masket = await person.side.locator("#nummer").innerText();
  assert.doesNotMatch(masket, /\d{11}/);
  await person.side.getByRole("button", { name: "Vis hele nummeret" }).click();
  const helt = (await person.side.locator("#nummer").innerText()).replace(/\s/g, "");
  assert.match(helt, /^\d{11}$/);
  assert.ok(!person.side.url().includes(helt));
  await papir(person.side);

  const hvem = scene.personer.find((p) => p.sub === "sekretar-solbakken").navn;
  const revisor = await besok(t, "revisor");
  await ga(revisor, "/innsyn");
  const { side } = revisor;
  await side.locator("#filter summary").click();
  await side.getByLabel(/Elev/).last().fill(id);
  await side.locator("#filter button[type=submit]").click();
  const rader = await side.locator("tbody").innerText();
  assert.match(rader, new RegExp(hvem));
  assert.match(rader, /nummer/i, "that the number was shown in full");
  const alt = await side.content();
  assert.ok(!alt.includes(navn) && !alt.includes(helt), "the log names no pupil");
});
