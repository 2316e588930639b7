// Every page, by who sees it: a new page is one line here. A page with `{…}` in it is reached by a link on one before it;
// a link to a page that is not listed fails the walk in prover/sider.mjs.

/** Pages for those who are not signed in. */
export const ute = ["/logg-inn", "/logg-ut/ferdig", "/tilgjengelighet"];

/** Everyone's. */
const felles = ["/tilgjengelighet"];

/** The pages of a school's list. */
const skole = [
  "/skole/{liste}",
  "/skole/{liste}/elever",
  "/skole/{liste}/elever?klasse={klasse}",
  "/skole/{liste}/endringer",
  "/skole/{liste}/kvittering",
  "/skole/{liste}/elev/{elev}",
  "/skole/{liste}/elev/{elev}/forklaring",
];

const brukere = ["/brukere", "/brukere/meg"];

/** Who has seen whom. */
const innsyn = ["/innsyn", "/innsyn/{logg}/{sekvens}", "/innsyn?logg={logg}"];

/** By the person who signs in. */
export const inne = {
  sekretar: ["/skole", ...skole, ...felles],
  "sekretar-granly": ["/skole/{liste}", "/skole/{liste}/godkjenn"],
  "sekretar-fjordskolen": ["/skole", "/tast/eksempel/fjordskolen"],
  "sekretar-friskolen": ["/skole", "/fil/friskolen/friskolen"],
  leverandor: ["/skole/{liste}"],
  kommune: [
    "/kommune",
    "/kommune?vis={gruppe}",
    "/kommune/skole/{liste}",
    "/kommune/kilder",
    "/kommune/kilder/{tenant}/{kilde}",
    ...skole,
    ...brukere,
    "/brukere/ny?eier={eier}",
    "/brukere/{eier}/{id}",
    ...innsyn,
    "/innsyn?elev={elev}",
    ...felles,
  ],
  inntak: [
    "/fylke",
    "/fylke/runder",
    "/fylke/runder/{runde}",
    "/fylke/runder/{runde}/steng",
    "/fylke/runder/{runde}/rediger",
    "/fylke/runder/{runde}/brev",
    "/fylke/runder/{runde}/brev?pa={sprak}",
    "/fylke/runder/{runde}/ny",
    "/fylke/ettermeldinger",
    "/fylke/kvitteringer",
    "/fylke/fiktive",
    "/fylke/liste/{liste}",
    ...brukere,
    ...innsyn,
  ],
  integrator: [
    "/drift",
    "/drift/kilde/{tenant}/{kilde}",
    "/drift/mottaker/{fylke}",
    "/drift/karantene",
    "/drift/pauser",
    "/drift/topologi",
    ...felles,
  ],
  revisor: [...innsyn, "/kommune", "/kommune/skole/{liste}", ...brukere],
};

/** What is fetched and not read in the browser. */
export const filer = [
  "/skole/{liste}/kvittering.json",
  "/fylke/skoler.csv",
  "/innsyn/logg.csv",
  "/fylke/kvitteringer/{fil}",
];

/** Reached only when something has happened: seen in the stories. */
export const underveis = [
  "/fylke/ettermeldinger/{liste}",
  "/fylke/fiktive/{liste}",
  "/drift/karantene/{arsak}",
  "/skole/{liste}/tast",
  "/skole/{liste}/tast/{elev}",
  "/skole/{liste}/fil",
  "/fortsett/{id}",
  "/hvem",
];

/** Finds the addresses of a page: its path, and in any order what it must be asked with. */
export function passer(rute) {
  const [sti, sporring = ""] = rute.split("?");
  const monster = new RegExp(`^${sti.replace(/[.]/g, "\\.").replace(/\{[^}]+\}/g, "[^/?#]+")}$`);
  const navn = [...new URLSearchParams(sporring).keys()];
  return (adresse) => {
    const url = new URL(adresse, "http://her");
    return monster.test(url.pathname) && navn.every((n) => url.searchParams.get(n));
  };
}

/** Whether a page is listed, however it is asked. */
export function kjent(adresse) {
  return [...ute, ...underveis, ...filer, ...Object.values(inne).flat(), "/", "/logg-inn/{tilbyder}"].some((rute) => passer(rute.split("?")[0])(adresse));
}
