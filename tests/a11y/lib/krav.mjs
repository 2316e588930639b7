// What holds on every page, besides what axe sees.
import assert from "node:assert/strict";

const KONTROLLER = new Set([
  "link", "button", "textbox", "searchbox", "checkbox", "radio", "combobox", "listbox", "spinbutton", "slider", "switch",
  "menuitem", "tab", "DisclosureTriangle", "Date", "InputTime",
]);

/** Whoever hears the page finds his way: landmarks, one heading at the top, and a name for every control. */
export async function navn(side) {
  const oppbygning = await side.evaluate(() => ({
    lang: document.documentElement.lang,
    tittel: document.title,
    main: document.querySelectorAll("main").length,
    h1: [...document.querySelectorAll("h1")].map((h) => h.textContent.trim()),
    topp: document.querySelectorAll("body > header").length,
    fot: document.querySelectorAll("body > footer").length,
    hopp: document.querySelector("body > a")?.getAttribute("href"),
    navlos: [...document.querySelectorAll("nav:not([aria-label]):not([aria-labelledby])")].length,
    doble: [...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, alle) => alle.indexOf(id) !== i),
  }));
  const { h1, tittel, lang, ...tall } = oppbygning;
  assert.match(lang, /^(nb|nn|en)$/);
  assert.match(tittel, /.+ – Mellomlag$/);
  assert.equal(h1.length, 1, `one h1: ${h1.join(" | ")}`);
  assert.ok(h1[0].length > 0, "the h1 says something");
  assert.deepEqual(tall, { main: 1, topp: 1, fot: 1, hopp: "#innhold", navlos: 0, doble: [] });
  const cdp = await side.context().newCDPSession(side);
  const { nodes } = await cdp.send("Accessibility.getFullAXTree");
  await cdp.detach();
  const kontroller = nodes.filter((node) => !node.ignored && KONTROLLER.has(node.role?.value));
  const uten = kontroller.filter((node) => !node.name?.value?.trim());
  assert.ok(kontroller.length > 3, "the page has controls");
  assert.deepEqual(uten.map((node) => node.role.value), [], "controls without a name");
}

/** What sticks out of the page to the right. */
function overflod() {
  const bredde = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= bredde) return [];
  const rulles = (e) => e && e !== document.body && (/auto|scroll/.test(getComputedStyle(e).overflowX) || rulles(e.parentElement));
  const ute = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > bredde + 1 && !rulles(e.parentElement));
  return [`${document.scrollingElement.scrollWidth} > ${bredde}`, ...ute.slice(0, 5).map((e) => `${e.tagName.toLowerCase()}.${e.className} ${e.id}`)];
}

/** Reads without scrolling sideways, on a narrow screen and with everything twice as large. */
export async function smal(side) {
  const for_ = side.viewportSize();
  await side.setViewportSize({ width: 320, height: 800 });
  assert.deepEqual(await side.evaluate(overflod), [], "320 px");
  // 200 % of a screen of 1280 px, and the text twice as large on top of it, as who reads with large letters has it.
  await side.setViewportSize({ width: 640, height: 480 });
  assert.deepEqual(await side.evaluate(overflod), [], "200 %");
  await side.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
  assert.deepEqual(await side.evaluate(overflod), [], "200 % and letters of 200 %");
  await side.evaluate(() => { document.documentElement.style.fontSize = ""; });
  await side.setViewportSize(for_);
}

/** On paper there is nothing to press, no menu, and no number in full. */
export async function papir(side) {
  await side.emulateMedia({ media: "print" });
  const synlig = await side.evaluate(() => {
    const vist = (e) => e.checkVisibility({ checkVisibilityCSS: true });
    const ting = [...document.querySelectorAll("button, input, textarea, select, nav, .demo, .ds-skip-link")].filter(vist);
    return ting.map((e) => e.outerHTML.slice(0, 80));
  });
  const tekst = await side.locator("body").innerText();
  await side.emulateMedia({ media: null });
  assert.deepEqual(synlig, [], "on paper");
  assert.doesNotMatch(tekst, /\b\d{6} ?\d{5}\b/, "a whole number on paper");
  assert.ok(tekst.length > 20, "there is something on the paper");
}
