// The running scene: where everything answers, and the hands on what stands around the pages.
import { readFileSync } from "node:fs";

const fil = process.env.MELLOMLAG_SCENE;
if (!fil) throw new Error("MELLOMLAG_SCENE names no file; `cargo xtask browser` starts the scene and sets it");

/** What `mellomlag demo --sider --json` printed. */
export const scene = JSON.parse(readFileSync(fil, "utf8"));

/** Origins that a page may ask. */
export const egne = new Set([scene.sider, scene.oidc, ...Object.values(scene.vigilo)].map((url) => new URL(url).origin));

/** The address of a school's list. */
export function liste(skole) {
  const nokkel = scene.lister[skole];
  if (!nokkel) throw new Error(`the scene has no list of ${skole}: ${Object.keys(scene.lister).join(", ")}`);
  return `/skole/${nokkel}`;
}

async function be(url, valg) {
  const svar = await fetch(url, valg);
  if (!svar.ok) throw new Error(`${valg?.method ?? "GET"} ${url}: ${svar.status} ${await svar.text()}`);
  return svar.headers.get("content-type")?.includes("json") ? svar.json() : svar.text();
}

const json = (kropp) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(kropp),
});

/** The municipality's school system. */
export const vigilo = {
  endre: (...endringer) => be(`${scene.vigilo.eksempel}/_sim/endringer`, json({ endringer })),
  feil: (plan) => be(`${scene.vigilo.eksempel}/_sim/feil`, json(plan)),
  frisk: () => be(`${scene.vigilo.eksempel}/_sim/feil`, { method: "DELETE" }),
  tilstand: () => be(`${scene.vigilo.eksempel}/_sim/tilstand`),
};

/** The county's intake system. */
export const vigo = {
  feil: (plan) => be(`${scene.vigo}/_sim/feil`, json(plan)),
  frisk: () => be(`${scene.vigo}/_sim/feil`, { method: "DELETE" }),
  innsendinger: async () => (await be(`${scene.vigo}/_sim/innsendinger`)).innsendinger,
};

/** The sign-in service. */
export const oidc = {
  feil: (feil) => be(`${scene.oidc}/_sim/feil`, json(feil)),
  frisk: () => be(`${scene.oidc}/_sim/feil`, { method: "DELETE" }),
};

/**
 * Asks again and again until the answer is true; says what was waited for when it never becomes so. No test waits for a
 * clock.
 */
export async function til(hva, spor, frist = 30_000) {
  const slutt = Date.now() + frist;
  for (;;) {
    const svar = await spor();
    if (svar) return svar;
    if (Date.now() > slutt) throw new Error(`waited in vain: ${hva}`);
    await new Promise((ferdig) => setTimeout(ferdig, 100));
  }
}
