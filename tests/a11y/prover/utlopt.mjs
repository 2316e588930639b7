// The session runs out in the middle of approving. Nothing is lost: after a new sign-in, one press sends what was filled in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { besok, ga, loggInn } from "../lib/nettleser.mjs";
import { liste, til } from "../lib/scene.mjs";

const SKOLE = "Havblikk ungdomsskole";
/** As `cargo xtask browser` starts the scene, and a little more. */
const UBRUKT = 2 * 60_000 + 2_000;

let person;
let forlatt;

/** Called before the other tests, so that the session grows old while they run. */
export async function begynn() {
  person = await besok({ after: () => {} }, "sekretar-havblikk", { nytt: true });
  await ga(person, `${liste(SKOLE)}/godkjenn`);
  for (const kryss of await person.side.locator("main input[type=checkbox]").all()) await kryss.check();
  forlatt = Date.now();
}

export function slutt() {
  test("a session that ran out in the middle of approving loses nothing", async (t) => {
    t.after(() => person.kontekst.close());
    const { side, vakt } = person;
    await til("the session is over", () => Date.now() - forlatt > UBRUKT, UBRUKT + 10_000);
    await side.getByRole("button", { name: "Godkjenn og send" }).click();
    await side.getByText("Det du var i ferd med å sende, er tatt vare på.").waitFor();
    await t.test("the sign-in after it, axe", (t) => axe(t, side, "expired"));
    await loggInn(person);
    await side.getByRole("heading", { name: "Fortsett der du var" }).waitFor();
    await t.test("on from there, axe", (t) => axe(t, side, "continue"));
    await side.getByRole("button", { name: "Send det jeg hadde fylt ut" }).click();
    await side.getByText(/Fylket har mottatt 60 elever/).waitFor();
    vakt.sjekk();
    assert.equal(new URL(side.url()).pathname, liste(SKOLE));
  });
}
