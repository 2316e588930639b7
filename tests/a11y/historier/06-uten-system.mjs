// A school without a system: its pupils are keyed in, one with a slip of the hand, and the list is sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { bilde } from "../lib/bilder.mjs";
import { besok, ga } from "../lib/nettleser.mjs";
import { scene, til } from "../lib/scene.mjs";

const SKOLE = "Fjordskolen";

test("story 6: a school without a system keys in its pupils", async (t) => {
  const person = await besok(t, "sekretar-fjordskolen");
  const { side } = person;
  const navn = (e) => [e.fornavn, e.mellomnavn, e.etternavn].filter(Boolean).join(" ");
  const [aller, ...mangler] = scene.til_tasting[SKOLE];
  assert.ok(mangler.length >= 2, "some are left to key in");

  const tast = async (elev, nummer) => {
    await side.getByLabel("Fornavn").fill(elev.fornavn);
    await side.getByLabel(/Mellomnavn/).fill(elev.mellomnavn ?? "");
    await side.getByLabel("Etternavn").fill(elev.etternavn);
    await side.getByLabel(/^Klasse/).fill(elev.klasse ?? "10A");
    await side.getByLabel("Fødselsnummer eller D-nummer").fill(nummer);
    await side.getByRole("button", { name: "Legg til eleven" }).click();
  };

  // There is no list before there is a pupil.
  await ga(person, "/skole");
  await side.getByRole("link", { name: "Skriv inn elever" }).click();
  await t.test("the first pupil's form, axe", (t) => axe(t, side, "/tast/{tenant}/{kilde}"));
  await tast(aller, aller.identitetsnummer);
  await side.waitForURL(/\/skole/);
  await til("the list comes into being", async () => {
    await ga(person, "/skole");
    return /\/skole\/[^/]+$/.test(new URL(side.url()).pathname);
  });
  const her = new URL(side.url()).pathname;
  await ga(person, `${her}/tast`);
  person.vakt.vent(side.url());

  const [forste] = mangler;
  await tast({ ...forste, etternavn: " " }, forste.identitetsnummer);
  await side.getByText("Eleven er ikke lagret. Rett dette:").waitFor();
  assert.equal(await side.getByLabel("Fornavn").inputValue(), forste.fornavn, "what was written is still there");
  assert.equal(await side.getByLabel("Etternavn").getAttribute("aria-invalid"), "true");
  await t.test("refused fields, axe", (t) => axe(t, side, "/tast refused"));
  await bilde(side, "skole-tast");

  const feil = `${forste.identitetsnummer.slice(0, 10)}${(Number(forste.identitetsnummer[10]) + 1) % 10}`;
  await tast(forste, feil);
  await side.getByText("Noe er galt med fødselsnummeret. Eleven er lagret").waitFor();
  await side.getByRole("link", { name: `Endre ${navn(forste)}` }).click();
  await side.getByLabel("Fødselsnummer eller D-nummer").fill(forste.identitetsnummer);
  await t.test("a pupil's form, axe", (t) => axe(t, side, "/tast/{elev}"));
  await side.getByRole("button", { name: "Lagre" }).click();
  await side.getByText("Eleven er lagret.").waitFor();
  for (const elev of mangler.slice(1)) {
    await tast(elev, elev.identitetsnummer);
    await side.getByText("Eleven er lagret.").waitFor();
  }

  await ga(person, her);
  const alle = 1 + mangler.length;
  await side.locator("#innhold").getByText(new RegExp(`${alle} elever: ${alle} klare`)).waitFor();
  await side.getByRole("link", { name: "Se over og godkjenn" }).click();
  for (const kryss of await side.locator("main input[type=checkbox]").all()) await kryss.check();
  await side.getByRole("button", { name: "Godkjenn og send" }).click();
  await side.locator("#innhold").getByText(new RegExp(`Fylket har mottatt ${alle} elever`)).first().waitFor();
});
