// Every page of every role: axe, names, narrow and large, paper. The walk follows links, and knows every page it meets.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { navn, papir, smal } from "../lib/krav.mjs";
import { besok, ga } from "../lib/nettleser.mjs";
import { scene } from "../lib/scene.mjs";
import { inne, kjent, passer, ute } from "../sider.mjs";

/** The local links of a page, each with its query. */
async function lenker(side) {
  const alle = await side.locator("a[href]").evaluateAll((a) => a.map((e) => e.href));
  return alle.filter((url) => url.startsWith(scene.sider)).map((url) => url.slice(scene.sider.length).replace(/#.*/, "")).filter(Boolean);
}

async function krav(t, side, rute) {
  await t.test(`${rute}: names`, () => navn(side));
  await t.test(`${rute}: axe`, (t) => axe(t, side, rute));
  await t.test(`${rute}: narrow and large`, () => smal(side));
  await t.test(`${rute}: paper`, () => papir(side));
}

for (const [sub, ruter] of [[undefined, ute], ...Object.entries(inne)]) {
  test(`pages of ${sub ?? "nobody"}`, async (t) => {
    const person = await besok(t, sub);
    const funnet = new Set(["/"]);
    await ga(person, sub ? "/" : "/logg-inn");
    for (const adresse of [...await lenker(person.side), new URL(person.side.url()).pathname]) funnet.add(adresse);
    for (const rute of ruter) {
      await t.test(rute, async (t) => {
        const adresse = [...funnet].find(passer(rute)) ?? (rute.includes("{") ? undefined : rute);
        assert.ok(adresse, "a link to it on a page before it");
        await ga(person, adresse);
        const nye = await lenker(person.side);
        for (const lenke of nye) funnet.add(lenke);
        await krav(t, person.side, rute);
        assert.deepEqual(nye.filter((lenke) => !kjent(lenke)), [], "links to pages that sider.mjs does not list");
      });
    }
  });
}
