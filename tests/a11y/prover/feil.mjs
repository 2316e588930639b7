// Every way in which something is refused is a page too: it says what, why and the way out, and nothing about anybody.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { navn, papir, smal } from "../lib/krav.mjs";
import { besok, ga, loggInn, send } from "../lib/nettleser.mjs";
import { liste, oidc, scene } from "../lib/scene.mjs";

async function krav(t, side, hva, overskrift) {
  assert.match(await side.locator("h1").innerText(), overskrift);
  await t.test(`${hva}: names`, () => navn(side));
  await t.test(`${hva}: axe`, (t) => axe(t, side, hva));
  await t.test(`${hva}: narrow and large`, () => smal(side));
  await t.test(`${hva}: paper`, () => papir(side));
}

/** An address of a pupil on the list. */
async function enElev(person, skole) {
  await ga(person, `${liste(skole)}/elever`);
  return person.side.locator('main a[href*="/elev/"]').first().getAttribute("href");
}

const SKOLE = "Solbakken ungdomsskole";
const HEN = "sekretar-solbakken";

test("404: no such page, no such list, no such pupil, and somebody else's list look the same", async (t) => {
  const person = await besok(t, HEN);
  const svar = new Set();
  for (const adresse of ["/finnes-ikke", "/skole/tull", liste("Lillevik skole"), `${liste(SKOLE)}/elev/00000000-0000-4000-8000-000000000000`, "/fylke", "/drift", "/kommune"]) {
    await ga(person, adresse, { status: 404 });
    svar.add(await person.side.locator("main").innerText());
  }
  assert.equal(svar.size, 1, [...svar].join("\n---\n"));
  assert.equal(await person.side.getByRole("button", { name: "Logg ut" }).count(), 1, "he is still signed in, and sees it");
  await krav(t, person.side, "404", /finnes ikke/);
});

test("403: who may look and not do", async (t) => {
  const person = await besok(t, "inntak");
  await ga(person, "/fylke");
  await send(person, `${liste(SKOLE)}/tilbakekall`, { grunn: "prøve" }, { status: 403 });
  await krav(t, person.side, "403", /ikke lov/);
});

test("409: somebody else was first", async (t) => {
  const person = await besok(t, HEN);
  const elev = await enElev(person, SKOLE);
  await send(person, elev, { hva: "hold", grunn: "prøve", sekvens: "1" }, { status: 409 });
  await krav(t, person.side, "409", /endret mens du så på/);
});

test("409: the list's rules are against it", async (t) => {
  const person = await besok(t, HEN);
  await ga(person, liste(SKOLE));
  await send(person, `${liste(SKOLE)}/tilbakekall`, { grunn: "prøve" }, { status: 409 });
  await krav(t, person.side, "409 by rule", /ikke gjøres nå/);
});

test("422: a reason that cannot be used", async (t) => {
  const person = await besok(t, "integrator");
  await ga(person, "/drift/pauser");
  const hva = await person.side.locator("select#hva option[value]:not([value=''])").first().getAttribute("value");
  for (const grunn of [" ", "gjelder 15871099911", "x".repeat(501)]) {
    await ga(person, "/drift/pauser");
    await send(person, "/drift/pauser", { hva, grunn }, { status: 422 });
    assert.doesNotMatch(await person.side.locator("body").innerText(), /15871099911/);
  }
  await krav(t, person.side, "422", /Begrunnelsen/);
});

test("413: a form that is far too large", async (t) => {
  const person = await besok(t, HEN);
  const elev = await enElev(person, SKOLE);
  await send(person, elev, { hva: "hold", grunn: "x".repeat(70_000) }, { status: 413 });
  await krav(t, person.side, "413", /kunne ikke tas imot/);
});

test("a form without our token is refused, and one from another site", async (t) => {
  const person = await besok(t, HEN);
  const elev = await enElev(person, SKOLE);
  await send(person, elev, { csrf: "feil", hva: "hold", grunn: "prøve" }, { status: 403 });
  await krav(t, person.side, "csrf", /kunne ikke tas imot/);
  // A form of another origin's is told by what the browser says of it, whatever it carries.
  await person.side.goto(`${scene.oidc}/.well-known/openid-configuration`);
  await send(person, elev, { hva: "hold", grunn: "prøve" }, { status: 403 });
  await krav(t, person.side, "another site", /kunne ikke tas imot/);
  await ga(person, elev);
  assert.doesNotMatch(await person.side.locator("main").innerText(), /Holdt tilbake/);
});

for (const [sub, hva] of [["ikke-invitert", /ikke fått tilgang/], ["lavt-niva", /sikrere måte/]]) {
  test(`the sign-in is refused: ${sub}`, async (t) => {
    const person = await besok(t, sub, { nytt: true });
    person.vakt.ventPa(/\/logg-inn\/svar/);
    await ga({ ...person, sub: undefined }, "/logg-inn");
    await loggInn(person);
    assert.match(await person.side.locator("main").innerText(), hva);
    await krav(t, person.side, `refused: ${sub}`, /ikke logget inn/);
  });
}

test("the sign-in is refused when the service's answer does not belong to it", async (t) => {
  t.after(oidc.frisk);
  const person = await besok(t, HEN, { nytt: true });
  person.vakt.ventPa(/\/logg-inn\/svar/);
  await ga({ ...person, sub: undefined }, "/logg-inn");
  await oidc.feil({ type: "feil_nonce" });
  await loggInn(person);
  await krav(t, person.side, "wrong nonce", /ikke logget inn/);
  await oidc.frisk();
  await person.side.getByRole("link", { name: "Logg inn" }).click();
  await loggInn(person);
  await ga(person, liste(SKOLE));
});

test("the sign-in was given up", async (t) => {
  const person = await besok(t);
  person.vakt.ventPa(/\/logg-inn\/svar/);
  await ga(person, "/logg-inn");
  await person.side.getByRole("link", { name: /^Logg inn med/ }).first().click();
  await person.side.getByRole("button", { name: /Avbryt/ }).click();
  await krav(t, person.side, "given up", /ikke logget inn/);
});

test("signed out, and the page behind is no longer shown", async (t) => {
  const person = await besok(t, "rektor", { nytt: true });
  await ga(person, "/skole");
  await person.side.getByRole("button", { name: "Logg ut" }).click();
  await person.side.waitForURL((url) => !url.pathname.startsWith("/skole"));
  await person.side.goto("/skole");
  assert.equal(new URL(person.side.url()).pathname, "/logg-inn");
});

test("two roles are chosen between, and changed", async (t) => {
  const person = await besok(t, "to-roller", { nytt: true });
  await ga({ ...person, sub: undefined }, "/logg-inn");
  await loggInn(person);
  assert.equal(new URL(person.side.url()).pathname, "/hvem");
  await krav(t, person.side, "/hvem", /Hvem er du/);
  await person.side.getByRole("button", { name: /^Kommune/ }).click();
  await person.side.waitForURL("**/kommune");
  await person.side.getByRole("link", { name: "Bytt rolle" }).click();
  await person.side.getByRole("button", { name: /^Skole/ }).click();
  await person.side.waitForURL(/\/skole/);
});
