// axe, with every rule on.
import assert from "node:assert/strict";
import { AxeBuilder } from "./verktoy.mjs";

const LOV = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

/** Judges what is shown, light and dark. What breaks WCAG fails; what is only bad practice is said. */
export async function axe(t, side, hva) {
  for (const colorScheme of ["light", "dark"]) {
    await side.emulateMedia({ colorScheme });
    const { violations, passes } = await new AxeBuilder({ page: side }).withTags([...LOV, "best-practice"]).options({ resultTypes: ["violations"] }).analyze();
    assert.ok(passes.length > 0, `axe looked at nothing on ${hva}`);
    const [brudd, rad] = [[], []];
    for (const funn of violations) {
      const hvor = funn.nodes.slice(0, 3).map((node) => `${node.target.join(" ")}: ${node.any[0]?.message ?? ""}`);
      const linje = `${funn.id} (${funn.nodes.length}): ${funn.help}\n    ${hvor.join("\n    ")}`;
      (funn.tags.some((merke) => LOV.includes(merke)) ? brudd : rad).push(linje);
    }
    for (const linje of rad) t.diagnostic(`best practice, ${hva}, ${colorScheme}: ${linje}`);
    assert.deepEqual(brudd, [], `${hva}, ${colorScheme}`);
  }
  await side.emulateMedia({ colorScheme: null });
}
