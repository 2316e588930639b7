// All of it, on one scene and in one browser: first what only looks, then the stories, each at a school of its own. The
// window is closed last, since every school is told.
import { after, before } from "node:test";
import { stopp } from "./lib/nettleser.mjs";
import * as utlopt from "./prover/utlopt.mjs";

before(utlopt.begynn);
after(stopp);

await import("./prover/sider.mjs");
await import("./prover/feil.mjs");
await import("./historier/08-feil-organisasjon.mjs");
await import("./historier/07-skjermet.mjs");
await import("./historier/01-rettet.mjs");
await import("./prover/tastatur.mjs");
await import("./prover/uten-javascript.mjs");
await import("./historier/02-endret.mjs");
await import("./historier/03-uvisst.mjs");
await import("./historier/06-uten-system.mjs");
await import("./historier/11-pakke.mjs");
await import("./prover/skjemaer.mjs");
await import("./historier/12-fiktivt.mjs");
await import("./prover/fiendtlig.mjs");
utlopt.slutt();
await import("./historier/05-sen-endring.mjs");
await import("./historier/10-karantene.mjs");
await import("./historier/04-masseendring.mjs");
await import("./historier/09-steng.mjs");
