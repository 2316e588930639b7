// With Tab, Shift+Tab, Enter and Space alone, from the sign-in to the receipt.
import assert from "node:assert/strict";
import { test } from "node:test";
import { besok, ga } from "../lib/nettleser.mjs";
import { liste, scene } from "../lib/scene.mjs";
import { fokus, tabTil, trykk } from "../lib/tastatur.mjs";

const SKOLE = "Granly ungdomsskole";

test("a headmaster signs in, looks over, approves and sees the receipt without a mouse", async (t) => {
  const { side } = await besok(t, "rektor", { nytt: true });
  const her = liste(SKOLE);
  await side.goto(her);

  await tabTil(side, "the sign-in", (e) => /^Logg inn med/.test(e.navn));
  await Promise.all([side.waitForURL((url) => url.origin !== scene.sider), side.keyboard.press("Enter")]);
  const navn = scene.personer.find((p) => p.sub === "rektor").navn;
  await tabTil(side, navn, (e) => e.navn.includes(navn));
  await trykk(side, "Enter", `**${her}`);

  await t.test("the first thing is a way past the menu, and it works", async () => {
    await side.keyboard.press("Tab");
    const forst = await fokus(side);
    assert.equal(forst.navn, "Hopp til innholdet");
    assert.ok(forst.synlig && forst.ramme);
    await side.keyboard.press("Enter");
    await side.keyboard.press("Tab");
    assert.ok(await side.evaluate(() => document.querySelector("main").contains(document.activeElement)), "on to what is in the page");
  });

  await t.test("everything is reached in the order it is read", async () => {
    await side.reload();
    const siste = await side.locator("a[href], button:not([hidden])").last().innerText();
    const sett = await tabTil(side, "the last of the page", (e) => e.navn === siste.trim());
    const hopp = sett.filter((e, i) => i > 0 && e.topp < sett[i - 1].topp - 60);
    assert.deepEqual(hopp.map((e) => e.navn), [], "focus goes up the page");
  });

  await side.reload();
  await tabTil(side, "look over and approve", (e) => e.navn === "Se over og godkjenn");
  await trykk(side, "Enter", `**${her}/godkjenn`);
  const kryss = await side.locator("main input[type=checkbox]").count();
  for (let i = 0; i < kryss; i++) {
    await tabTil(side, "something to tick", (e) => e.type === "checkbox");
    await side.keyboard.press("Space");
  }
  assert.equal(await side.locator("main input[type=checkbox]:checked").count(), kryss);
  await tabTil(side, "approve", (e) => e.navn === "Godkjenn og send");
  await trykk(side, "Enter", `**${her}`);
  await side.getByText(/Fylket har mottatt 24 elever/).waitFor();
  await side.reload();
  await tabTil(side, "the receipt", (e) => e.navn === "Se kvitteringen");
  await trykk(side, "Enter", `**${her}/kvittering`);
  await side.getByRole("heading", { name: /Fylket har mottatt 24/ }).waitFor();
});

test("nothing that opens by keyboard is a trap, and it closes again", async (t) => {
  const person = await besok(t, "sekretar-solbakken");
  const { side } = person;
  await ga(person, `${liste("Solbakken ungdomsskole")}/elever`);
  await side.locator('main a[href*="/elev/"]').first().click();
  await tabTil(side, "hold back", (e) => e.slag === "summary");
  await side.keyboard.press("Space");
  const felt = side.locator("details[open] textarea");
  await felt.waitFor();
  await tabTil(side, "the reason", (e) => e.slag === "textarea");
  await side.keyboard.type("prøve");
  await tabTil(side, "out of the form", (e) => e.slag === "summary");
  await tabTil(side, "back again", (e) => e.slag === "summary", "Shift+Tab");
  await side.keyboard.press("Enter");
  await felt.waitFor({ state: "hidden" });
});
