// One browser; a context for each person; and a guard at each page that nothing gets past: errors in the console, what the
// policy of the page forbids, and requests to anybody else than us.
import assert from "node:assert/strict";
import { chromium } from "./verktoy.mjs";
import { egne, scene } from "./scene.mjs";

const CHROMIUM = process.env.MELLOMLAG_CHROMIUM ?? "/usr/bin/chromium";
const FLAGG = [
  "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--force-prefers-reduced-motion",
  // Chromium's own sandbox does not run as root, as in CI's containers.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

let nettleser;

/** Starts the browser the first time. */
async function start() {
  nettleser ??= await chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGG });
  return nettleser;
}

export async function stopp() {
  await nettleser?.close();
  nettleser = undefined;
}

/** What the person came in with last time, so that the sign-in is not repeated for each test. */
const inne = new Map();

/** How long anything may take before it is a failure. */
const FRIST = 20_000;

/**
 * A visitor in a context of its own.
 *
 * `sub`: who signs in; nobody without it. `nytt`: a sign-in of his own, not a shared one. `valg`: what Playwright's
 * newContext takes.
 */
export async function besok(t, sub, { nytt = false, rolle, ...valg } = {}) {
  const nokkel = `${sub}/${rolle ?? ""}`;
  const lagret = sub && !nytt ? inne.get(nokkel) : undefined;
  const kontekst = await (await start()).newContext({
    baseURL: scene.sider, locale: "nb-NO", timezoneId: "Europe/Oslo", viewport: { width: 1200, height: 900 },
    storageState: lagret, ...valg,
  });
  kontekst.setDefaultTimeout(FRIST);
  const vakt = new Vakt();
  kontekst.on("page", (side) => vakt.folg(side));
  const side = await kontekst.newPage();
  const person = { kontekst, side, vakt, sub, rolle, nytt };
  t.after(async () => {
    await kontekst.close();
    vakt.sjekk();
  });
  return person;
}

/**
 * Goes to an address as the person, by the sign-in if he is out; looks at status and headers. Returns the response.
 */
export async function ga(person, adresse, { status = 200 } = {}) {
  const { side, vakt } = person;
  if (status >= 400) vakt.vent(new URL(adresse, scene.sider).href);
  let svar = await side.goto(adresse);
  if (person.sub && new URL(side.url()).pathname === "/logg-inn") {
    await loggInn(person);
    svar = await side.goto(adresse);
  }
  assert.equal(svar.status(), status, `${adresse} as ${person.sub ?? "nobody"}`);
  const csp = svar.headers()["content-security-policy"] ?? "";
  assert.match(csp, /default-src 'none'/, `the policy of ${adresse}`);
  assert.doesNotMatch(csp, /unsafe-inline|unsafe-eval/, `the policy of ${adresse}`);
  return svar;
}

/** From our page for signing in, by the sign-in service, and back. */
export async function loggInn(person) {
  const { side, kontekst, sub, rolle, nytt } = person;
  await side.getByRole("link", { name: /^Logg inn med/ }).first().click();
  await side.locator(`button[name=person][value="${sub}"]`).click();
  await side.waitForURL((url) => url.origin === scene.sider);
  if (new URL(side.url()).pathname === "/hvem" && rolle) await side.getByRole("button", { name: rolle }).click();
  if (!nytt) inne.set(`${sub}/${rolle ?? ""}`, await kontekst.storageState());
}

/**
 * Sends a form that no page of ours has: other fields, another token, somebody else's pupil. Returns the answer, whose
 * page is then shown.
 */
export async function send(person, adresse, felter, { status } = {}) {
  const { side, vakt } = person;
  const url = new URL(adresse, scene.sider).href;
  if (status >= 400) vakt.vent(url);
  const token = await side.locator("input[name=csrf]").first().getAttribute("value", { timeout: 1000 }).catch(() => "");
  const ventet = side.waitForResponse((svar) => svar.request().method() === "POST" && svar.url() === url);
  const framme = side.waitForEvent("load");
  await side.evaluate(({ url, felter }) => {
    const skjema = Object.assign(document.createElement("form"), { method: "post", action: url });
    for (const [name, value] of Object.entries(felter)) skjema.append(Object.assign(document.createElement("input"), { name, value }));
    document.body.append(skjema);
    HTMLFormElement.prototype.submit.call(skjema);
  }, { url, felter: { csrf: token, ...felter } });
  const svar = await ventet;
  await framme;
  if (status) assert.equal(svar.status(), status, `POST ${adresse} as ${person.sub}`);
  return svar;
}

/** Sees everything that a page asks for and complains about. */
class Vakt {
  #feil = [];
  #ventet = new Set();
  #monstre = [];

  /** A refusal is expected from this address: Chromium writes an error in the console for each. */
  vent(url) {
    this.#ventet.add(url);
  }

  /** The same for all addresses like this. */
  ventPa(monster) {
    this.#monstre.push(monster);
  }

  #ventes(url) {
    return this.#ventet.has(url) || this.#monstre.some((monster) => monster.test(url));
  }

  folg(side) {
    side.on("console", (melding) => {
      if (melding.type() !== "error") return;
      const { url } = melding.location();
      // The stand-ins have no icon, and browsers ask.
      if (!url.startsWith(scene.sider) && url.endsWith("/favicon.ico")) return;
      if (this.#ventes(url) && /status of 4\d\d/.test(melding.text())) return;
      // The stream of events ends when the reader goes on to another page.
      if (/ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_NETWORK_IO_SUSPENDED/.test(melding.text()) && /\/levende/.test(url)) return;
      this.#feil.push(`console at ${side.url()}: ${melding.text()} (${url})`);
    });
    side.on("pageerror", (feil) => this.#feil.push(`script at ${side.url()}: ${feil.message}`));
    side.on("dialog", (dialog) => {
      this.#feil.push(`a dialog at ${side.url()}: ${dialog.message()}`);
      dialog.dismiss();
    });
    side.on("request", (sporsmal) => {
      const url = new URL(sporsmal.url());
      if (["data:", "blob:", "about:"].includes(url.protocol) || egne.has(url.origin)) return;
      this.#feil.push(`a request to ${url.origin} from ${side.url()}`);
    });
    side.on("response", (svar) => {
      if (svar.status() >= 500) this.#feil.push(`${svar.status()} from ${svar.url()}`);
    });
  }

  sjekk() {
    assert.deepEqual(this.#feil, [], "what the browser complained about");
  }
}
