// The county closes the window while two schools have not delivered: it is warned, they are named, and they see it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { bilde } from "../lib/bilder.mjs";
import { besok, ga } from "../lib/nettleser.mjs";
import { liste } from "../lib/scene.mjs";

const MANGLER = ["Furulia ungdomsskole", "Solbakken ungdomsskole"];

test("story 9: the county closes the window with two schools missing", async (t) => {
  const skole = await besok(t, "sekretar-furulia");
  await ga(skole, liste("Furulia ungdomsskole"));

  const fylke = await besok(t, "inntak");
  const { side } = fylke;
  await ga(fylke, "/fylke");
  await bilde(side, "fylke-oversikt");
  await bilde(side, "fylke-oversikt-mork", { colorScheme: "dark" });
  await side.locator('a[href^="/fylke/runder/"]').first().click();
  await side.locator('a[href$="/steng"]').click();
  const mangler = side.locator("section[aria-labelledby=mangler]");
  assert.deepEqual((await mangler.locator("li").allInnerTexts()).sort(), [...MANGLER].sort(), "those that are missing are named");
  await t.test("the warning, axe", (t) => axe(t, side, "/fylke/runder/{runde}/steng"));
  await side.getByRole("textbox").fill("Fristen er ute");
  const steng = side.locator("form button[data-color=danger]");
  await steng.click();
  assert.ok(new URL(side.url()).pathname.endsWith("/steng"), "nothing is closed before it is confirmed");
  await side.getByRole("checkbox").check();
  await steng.click();
  await side.waitForURL((url) => !url.pathname.endsWith("/steng"));
  assert.match(await side.locator("main").innerText(), /Fristen er ute/);

  await skole.side.getByText("Fristen er ute, og listen er ikke levert.").waitFor();
  assert.equal(await skole.side.getByRole("link", { name: "Se over og godkjenn" }).count(), 0);
  await t.test("the school's page when it is closed, axe", (t) => axe(t, skole.side, "closed"));
});
