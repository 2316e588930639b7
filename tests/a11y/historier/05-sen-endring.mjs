// A pupil changes after the county has got the list: the school reports it, and the county answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { elever, elevkort, lagre } from "../lib/elevkort.mjs";
import { besok, ga } from "../lib/nettleser.mjs";
import { liste, scene, til } from "../lib/scene.mjs";

const SKOLE = "Havblikk ungdomsskole";

test("story 5: a late change becomes an ettermelding, and the county handles it", async (t) => {
  const skole = await besok(t, "sekretar-havblikk");
  const { side } = skole;
  await ga(skole, liste(SKOLE));
  await side.getByText(/Fylket har mottatt 60 elever/).waitFor();

  const [, elev] = await elever(SKOLE);
  const { klasse, klasser } = await elevkort(elev.id);
  await lagre(elev.id, { klasse: klasser.find((en) => en !== klasse) });
  await ga(skole, `${liste(SKOLE)}/elever`);
  const hans = await side.getByRole("link", { name: elev.navn }).first().getAttribute("href");
  const etter = side.locator("section[aria-labelledby=etter]");
  await til("the pupil's page tells of it", async () => {
    await ga(skole, hans);
    return etter.count();
  });
  assert.match(await etter.innerText(), /Inntakskontoret må få vite om endringen/);
  await etter.getByRole("textbox").fill("Ringte inntakskontoret");
  await etter.getByRole("button", { name: "Marker som meldt" }).click();
  await side.getByText("Endringen er meldt, og inntakskontoret har ikke svart ennå.").waitFor();
  const elevside = side.url();

  await ga(skole, liste(SKOLE));
  await side.locator("section[aria-labelledby=etter] article").getByText(elev.navn).first().waitFor();
  await t.test("what was reported, on the school's front page, axe", (t) => axe(t, side, "late changes"));

  const fylke = await besok(t, "inntak");
  const inntak = fylke.side;
  await til("the work list has it", async () => {
    await ga(fylke, "/fylke/ettermeldinger");
    return inntak.getByRole("link", { name: SKOLE }).count();
  });
  await t.test("the work list, axe", (t) => axe(t, inntak, "/fylke/ettermeldinger"));
  await inntak.getByRole("link", { name: SKOLE }).click();
  const sak = inntak.getByRole("article", { name: elev.navn });
  await t.test("one school's, axe", (t) => axe(t, inntak, "/fylke/ettermeldinger/{liste}"));
  await sak.getByRole("textbox").fill("Ført i VIGO");
  await sak.getByRole("button").first().click();
  await inntak.locator("section[aria-labelledby=ferdige]").getByText(elev.navn).waitFor();

  await til("the school sees the answer", async () => {
    await ga(skole, new URL(elevside).pathname);
    return /Inntakskontoret har tatt endringen inn/.test(await side.locator("main").innerText());
  });
  await ga(fylke, `/fylke/liste/${scene.lister[SKOLE]}`);
  await t.test("the list as received, axe", (t) => axe(t, inntak, "/fylke/liste/{liste}"));
});
