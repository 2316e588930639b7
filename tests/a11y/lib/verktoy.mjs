// What others wrote, from where `cargo xtask browser` installed it.
import { createRequire } from "node:module";

const krev = createRequire(new URL("../../../.tools/a11y/package.json", import.meta.url));

export const { chromium } = krev("playwright-core");
export const { AxeBuilder } = krev("@axe-core/playwright");
