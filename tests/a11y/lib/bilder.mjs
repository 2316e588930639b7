// Pictures of the main pages, for README and handbook. Made only when they are asked for, so that a run of the tests leaves
// the tree as it was.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const MAPPE = fileURLToPath(new URL("../../../deploy/handbook/src/bilder/", import.meta.url));

/** What is seen first of a page, 1200 px wide. */
export async function bilde(side, navn, { hoyde = 800, colorScheme = "light" } = {}) {
  if (!process.env.MELLOMLAG_BILDER) return;
  mkdirSync(MAPPE, { recursive: true });
  const for_ = side.viewportSize();
  await side.setViewportSize({ width: 1200, height: hoyde });
  await side.emulateMedia({ colorScheme });
  await side.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
  await side.screenshot({ path: `${MAPPE}${navn}.png`, caret: "hide", animations: "disabled" });
  await side.emulateMedia({ colorScheme: null });
  await side.setViewportSize(for_);
}
