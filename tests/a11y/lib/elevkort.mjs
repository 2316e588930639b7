// What a person at the school does in the school system: by its pages as a person, or straight away where it is beside the
// point.
import assert from "node:assert/strict";
import { scene, til } from "./scene.mjs";

const kort = scene.elevkort?.eksempel;

/**
 * Finds a pupil by name in the school's system, and puts right what the card says is wrong. Returns the clicks it took.
 */
export async function rettElev(side, skole, navn) {
  await side.goto(kort);
  await side.getByLabel("Skole").selectOption({ label: skole });
  await side.getByLabel("Navn, eller en del av det").fill(navn);
  await side.getByRole("button", { name: "Finn elever" }).click();
  await side.getByRole("link", { name: navn }).first().click();
  const forslag = side.locator("#forslag");
  if (await forslag.count()) {
    const [nummer] = (await forslag.innerText()).match(/\d{11}/);
    await side.getByLabel("Fødselsnummer eller D-nummer").fill(nummer);
  }
  const klasse = side.getByLabel("Klasse");
  if ((await klasse.inputValue()) === "") await klasse.selectOption({ index: 1 });
  if ((await side.getByLabel("Fornavn").inputValue()) === "") await side.getByLabel("Fornavn").fill("Prøve");
  await side.getByRole("button", { name: "Lagre" }).click();
  await side.getByText("Lagret. Mellomlag leser endringen").waitFor();
  return 4;
}

async function hent(adresse) {
  const svar = await fetch(new URL(adresse, kort));
  assert.equal(svar.status, 200, adresse);
  return svar.text();
}

const tekst = (html) => html.replace(/&(amp|lt|gt|quot|#39);/g, (_, e) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[e]);

/** The tenth-graders that the school system has at a school: id and name. */
export async function elever(skole, { mangler = false } = {}) {
  const forside = await hent(kort);
  const [, id] = [...forside.matchAll(/<option value="([^"]+)">([^<]+)</g)].find(([, , navn]) => tekst(navn) === skole) ?? [];
  assert.ok(id, `${skole} is in the school system`);
  const side = await hent(`${kort}?skole=${id}${mangler ? "&mangler=ja" : ""}`);
  const rader = side.matchAll(/<a href="\/_sim\/elevkort\/([0-9a-f-]{36})">([^<]*)<\/a>, ([^,<]*),/g);
  return [...rader].map(([, id, navn, klasse]) => ({ id, navn: tekst(navn), klasse: tekst(klasse), skole: undefined }));
}

/** One pupil's card, as it is filled in. */
export async function elevkort(id) {
  const side = await hent(`${kort}/${id}`);
  const felt = (navn) => tekst(side.match(new RegExp(`name="${navn}" value="([^"]*)"`))[1]);
  const klasser = [...side.matchAll(/<option value="([^"]*)"( selected)?>/g)];
  const valgt = klasser.find(([, , s]) => s)?.[1] ?? "";
  return {
    fornavn: felt("fornavn"), mellomnavn: felt("mellomnavn"), etternavn: felt("etternavn"), nummer: felt("nummer"),
    klasse: valgt, klasser: klasser.map(([, v]) => v).filter(Boolean), riktig: side.match(/id="forslag">[^<]*?(\d{11})/)?.[1],
  };
}

/** A school and one of its classes, as the school system names them. */
export async function enKlasse(skole) {
  const [elev] = (await elever(skole)).filter(({ klasse }) => klasse !== "uten klasse");
  const side = await hent(`${kort}/${elev.id}`);
  return { skole: side.match(/\?skole=([0-9a-f-]{36})/)[1], klasse: (await elevkort(elev.id)).klasse };
}

/** Saves a pupil's card with other values. */
export async function lagre(id, nytt) {
  const { klasser, riktig, ...na } = await elevkort(id);
  const svar = await fetch(`${kort}/${id}`, { method: "POST", body: new URLSearchParams({ ...na, ...nytt }), redirect: "manual" });
  assert.equal(svar.status, 303, await svar.text());
}

/** Puts everything right that the school system itself knows is wrong at a school. */
export async function rettAlt(skole) {
  const feil = await elever(skole, { mangler: true });
  for (const { id } of feil) {
    const na = await elevkort(id);
    const nytt = { nummer: na.riktig ?? na.nummer, klasse: na.klasse || na.klasser[0], fornavn: na.fornavn || "Prøve" };
    await lagre(id, nytt);
  }
  await til(`nothing is missing at ${skole}`, async () => (await elever(skole, { mangler: true })).length === 0);
}
