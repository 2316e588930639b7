// Somebody without a mouse.
import assert from "node:assert/strict";

/** What has focus: what it is called, and whether it shows. */
export function fokus(side) {
  return side.evaluate(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const stil = getComputedStyle(e);
    const rute = e.getBoundingClientRect();
    const etikett = e.labels?.[0]?.textContent ?? "";
    return {
      navn: (e.getAttribute("aria-label") ?? (etikett || e.textContent)).trim().replace(/\s+/g, " "),
      slag: e.tagName.toLowerCase(), type: e.type ?? "", id: e.id, adresse: e.getAttribute("href") ?? "",
      ramme: stil.outlineStyle !== "none" && Number.parseFloat(stil.outlineWidth) >= 1 || stil.boxShadow !== "none",
      synlig: rute.width > 0 && rute.height > 0 && rute.bottom > 0 && rute.top < innerHeight,
      topp: Math.round(rute.top + scrollY), venstre: Math.round(rute.left),
    };
  });
}

/** Presses Tab until `passer`; everything on the way shows that it has focus. Returns what was passed. */
export async function tabTil(side, hva, passer, retning = "Tab") {
  const sett = [];
  for (let i = 0; i < 200; i++) {
    await side.keyboard.press(retning);
    const her = await fokus(side);
    if (!her) continue;
    assert.ok(her.ramme, `focus shows on ${her.slag} «${her.navn}»`);
    assert.ok(her.synlig, `${her.slag} «${her.navn}» is in view when it has focus`);
    sett.push(her);
    if (passer(her)) return sett;
  }
  throw new Error(`Tab never comes to ${hva}; passed: ${sett.slice(0, 40).map((e) => e.navn).join(" | ")}`);
}

/** Presses a key, and waits for the page that comes of it. */
export async function trykk(side, tast, adresse) {
  await Promise.all([side.waitForURL(adresse), side.keyboard.press(tast)]);
}
