//! Random schools with random pupils, most of them in order.

use crate::felles::*;
use elevliste::Elevliste;
use fint::tillegg::{Adressebeskyttelse, Registermerknad, Skolemerknad, Skoletillegg};
use hendelse::{Fintklasse, Fintnokkel, Fintobjekt};
use identitet::{Grunnlag, Politikk, tenor_nummer};
use liste::{Listebygger, Mottakerregler, Regelsett};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use simulators::generator::{kontrollsifre, orgnr_med_kontrollsiffer};
use simulators::vigo::Skoleoppforing;

/// Lists, and the schools that the receiver knows.
pub struct Korpus {
    pub lister: Vec<Elevliste>,
    pub skoler: Vec<Skoleoppforing>,
}

/// A real number that the published receiver takes for fictitious: one of its own examples.
const PUBLISERT_FIKTIVT: &str = "42059190061";
const FYLKER: [&str; 4] = ["46", "11", "34", "03"];

struct Lager {
    rng: ChaCha8Rng,
    ar: String,
    startar: u16,
    ressurser: Vec<Ressurs>,
    skoler: Vec<Skoleoppforing>,
    ventet: Vec<(String, u32)>,
    forrige: Option<String>,
}

impl Korpus {
    pub fn lag(fro: u64, antall: usize, skolear: &str) -> Self {
        let mut lager = Lager {
            rng: ChaCha8Rng::seed_from_u64(fro),
            ar: skolear.to_owned(),
            startar: skolear[..4].parse().unwrap(),
            ressurser: vec![],
            skoler: vec![],
            ventet: vec![],
            forrige: None,
        };
        let nummer = |n: usize| u32::try_from(n).unwrap();
        // The receiver keeps the schools of earlier corpora.
        let forste = 81_000_000 + u32::try_from(fro).unwrap() * 10_000;
        let atte = (forste..).filter_map(orgnr_med_kontrollsiffer);
        for (n, orgnr) in atte.take(antall).enumerate() {
            lager.skole(&format!("{}{:03}", FYLKER[n % 4], nummer(500 + n / 4)), &orgnr);
        }
        let ventet = lager.ventet.iter().map(|(orgnr, n)| (orgnr.parse().unwrap(), *n)).collect();
        let regelsett = Regelsett::ny(Politikk::VigoskoleSyntetisk)
            .i_kommune("4601".parse().unwrap())
            .hos(Mottakerregler::VIGOSKOLE)
            .med_fylker(["46", "11", "34"].map(|f| f.parse().unwrap()))
            .med_ventet(ventet)
            .med_register();
        let mut bygger = Listebygger::ny("bergen".parse().unwrap(), nokkel(), regelsett);
        for (nokkel, objekt) in lager.ressurser {
            bygger.motta(nokkel, Some(objekt), None);
        }
        let lister = bygger.alle().into_iter().filter_map(|n| bygger.bygg(&n)).map(|b| b.liste);
        let i_ar = |liste: &Elevliste| liste.nokkel.skolear.to_string() == skolear && !liste.linjer.is_empty();
        Self { lister: lister.filter(i_ar).collect(), skoler: lager.skoler }
    }
}

impl Lager {
    fn sjanse(&mut self, av_hundre: u32) -> bool {
        self.rng.random_range(0..100) < av_hundre
    }

    fn velg<T: Copy>(&mut self, av: &[T]) -> T {
        av[self.rng.random_range(0..av.len())]
    }

    fn skole(&mut self, nr: &str, orgnr: &str) {
        let feil = if self.sjanse(12) { self.rng.random_range(1..9) } else { 0 };
        let oppforing = |nummer: &str, type_: &str| Skoleoppforing {
            type_: type_.into(),
            org_nr: orgnr.into(),
            name: format!("Skole {nummer}"),
            municipality_nr: String::new(),
            county_nr: nr[..2].into(),
            number: nummer.into(),
        };
        let navn = if matches!(feil, 1 | 3 | 4 | 5 | 6) { format!("Skole-{nr}") } else { nr.to_owned() };
        let merknad = match feil {
            3 => Some(Skolemerknad::IkkeGrunnskole),
            4 => Some(Skolemerknad::FlereGrunnskoler),
            5 => Some(Skolemerknad::UkjentValg),
            6 => Some(Skolemerknad::Uspesifisert),
            7 => Some(Skolemerknad::AnnetNummer),
            8 => Some(Skolemerknad::UkjentOrgnr),
            _ => None,
        };
        match feil {
            1 | 8 => {}
            3 => self.skoler.push(oppforing(nr, "V")),
            _ => self.skoler.push(oppforing(nr, "G")),
        }
        self.ressurser.push(skole(&navn, Some(orgnr).filter(|_| feil != 2)));
        if let Some(merknad) = merknad {
            let tillegg = Skoletillegg {
                skole: id("skole", &navn),
                merknader: vec![merknad],
                numre: vec![nr.to_owned()],
                kildens: Some("12500".into()),
                valgt: Some("46999".into()),
            };
            let nokkel = Fintnokkel { klasse: Fintklasse::Skoletillegg, id: tillegg.skole };
            self.ressurser.push((nokkel, Fintobjekt::Skoletillegg(Box::new(tillegg))));
        }
        let antall = self.rng.random_range(1..6);
        if self.sjanse(10) {
            let ventet = antall + self.rng.random_range(0..8);
            self.ventet.push((orgnr.to_owned(), ventet));
        }
        for n in 0..antall {
            self.elev(&navn, &format!("{nr}-{n}"));
        }
        if self.sjanse(3) {
            let (ar, trinn) = (self.ar.clone(), "10");
            self.ressurser.push(klasse(&navn, "10Tom", trinn, &ar));
        }
        if self.sjanse(3) {
            self.fjorarets(&navn);
        }
    }

    /// A year group of the year before, much larger than this one.
    fn fjorarets(&mut self, skole: &str) {
        let ar = format!("{}-{}", self.startar - 1, self.startar);
        for n in 0..30 {
            let navn = format!("{skole}-i-fjor-{n}");
            let nummer = self.godt_nummer(self.startar - 16);
            self.ressurser.extend(elev(&navn, Some(&nummer), [Some("Prøve"), None, Some("Eksempel")]));
            self.ressurser.extend(elevforhold(&navn, &navn, skole, &ar, &["10"], None));
        }
    }

    fn elev(&mut self, skole: &str, navn: &str) {
        let nummer = if self.sjanse(10) { self.galt_nummer() } else { Some(self.godt_nummer(self.startar - 15)) };
        let delt = self.forrige.clone().filter(|_| self.sjanse(2));
        let nummer = delt.or(nummer);
        self.forrige.clone_from(&nummer);
        let deler =
            if self.sjanse(8) { self.galt_navn() } else { ["Prøve".into(), "Å.".into(), "O'Eksempel-Næss".into()] };
        let del = |n: usize| Some(deler[n].as_str()).filter(|d: &&str| !d.is_empty());
        self.ressurser.extend(elev(navn, nummer.as_deref(), [del(0), del(1), del(2)]));

        let ar = self.ar.clone();
        let trinn = if self.sjanse(3) { "9" } else { "10" };
        let forhold = elevforhold(navn, navn, skole, &ar, &[trinn], None);
        let register = match self.rng.random_range(0..100) {
            0..4 => None,
            4..12 => Some(vec![self.velg(&Registermerknad::ALLE)]),
            _ => Some(vec![]),
        };
        let skjermet = self.sjanse(2);
        let beskyttelse = if skjermet { Adressebeskyttelse::Fortrolig } else { Adressebeskyttelse::Ugradert };
        self.ressurser.extend(med_register(forhold, beskyttelse, register));
        if trinn == "9" || !self.sjanse(8) {
            self.i_klasse(skole, navn, "10A");
        } else {
            self.gal_klasse(skole, navn);
        }
    }

    fn i_klasse(&mut self, skole: &str, elev: &str, navn: &str) {
        let ar = self.ar.clone();
        self.ressurser.push(klasse(skole, navn, "10", &ar));
        self.ressurser.push(medlemskap(elev, skole, navn, None));
    }

    fn gal_klasse(&mut self, skole: &str, elev: &str) {
        let lang = "Tiende trinn, den store klassen i gamlebygget";
        match self.rng.random_range(0..9) {
            0 => {}
            1 => self.i_klasse(skole, elev, " "),
            2 => self.i_klasse(skole, elev, "\u{a0}\u{2003}"),
            3 => self.i_klasse(skole, elev, lang),
            4 => self.i_klasse(skole, elev, "10\u{200b}B"),
            5 => self.i_klasse(skole, elev, "10B 14851170031"),
            6 => self.ressurser.push(medlemskap(elev, skole, "finnes ikke", None)),
            7 => self.i_klasse("46999", elev, "10A"),
            _ => {
                self.i_klasse(skole, elev, "10A");
                self.i_klasse(skole, elev, "10B");
            }
        }
    }

    fn galt_navn(&mut self) -> [String; 3] {
        let langt = "Lang".repeat(40);
        let [a, b, c] = match self.rng.random_range(0..9) {
            0 => ["", "", "Eksempel"],
            1 => ["Prøve", "Å.", ""],
            2 => ["", "", ""],
            3 => ["\u{a0}", "", "Eksempel"],
            4 => ["Prøve", "", "\t"],
            5 => ["Prøve\u{feff}", "", "Eksempel"],
            6 => ["Prøve", "148511 70031", "Eksempel"],
            7 => ["Prøve", "", "Eksempel 2"],
            _ => ["Prøve", langt.as_str(), "Eksempel"],
        };
        [a.into(), b.into(), c.into()]
    }

    /// Month + 80, born in this year.
    fn godt_nummer(&mut self, ar: u16) -> String {
        self.synt(Grunnlag::Fnr, ar, 500..1000)
    }

    fn synt(&mut self, grunnlag: Grunnlag, ar: u16, individ: std::ops::Range<u16>) -> String {
        loop {
            let (maned, dag) = (self.rng.random_range(1..13), self.rng.random_range(1..29));
            let individ = self.rng.random_range(individ.clone());
            if let Some(nummer) = tenor_nummer(grunnlag, ar, maned, dag, individ) {
                return nummer.verdi().vis().clone();
            }
        }
    }

    /// Day, what is added to it, month, what is added to it, and control digits that fit.
    fn med_kontroll(&mut self, dag: u8, maned: u8) -> String {
        loop {
            let ni =
                format!("{dag:02}{maned:02}{:02}{:03}", (self.startar - 15) % 100, self.rng.random_range(500..1000));
            if let Some((k1, k2)) = kontrollsifre(&ni) {
                return format!("{ni}{k1}{k2}");
            }
        }
    }

    fn galt_nummer(&mut self) -> Option<String> {
        let ar = self.startar - 15;
        let godt = self.godt_nummer(ar);
        let (dag, maned) = (self.rng.random_range(1..29), self.rng.random_range(1..13));
        Some(match self.rng.random_range(0..22) {
            0 => return None,
            1 => String::new(),
            2 => godt[1..].to_owned(),
            3 => format!("{} {}", &godt[..6], &godt[6..]),
            4 => format!("{}AB{}", &godt[..6], &godt[8..]),
            5 => format!("{godt}7"),
            6 => format!("{}*****", &godt[..6]),
            7 => format!("{}{}", &godt[..10], (godt.as_bytes()[10] - b'0' + 1) % 10),
            8 => self.med_kontroll(30, 82),
            9 => self.med_kontroll(dag, 93),
            10 => self.med_kontroll(32, 80 + maned),
            11 => self.med_kontroll(dag, maned + 40),
            12 => self.med_kontroll(dag, maned + 65),
            13 => self.med_kontroll(dag, maned + 20),
            14 => self.med_kontroll(dag, maned + 60),
            15 => self.med_kontroll(dag + 60, maned + 80),
            16 => format!("{:02}{maned:02}119{}46", dag + 40, self.velg(&["91", "82", "95"])),
            17 => format!("{:02}{maned:02}119{}19", dag + 40, self.velg(&["91", "82", "95"])),
            18 => self.synt(Grunnlag::Dnr, ar, 900..1000),
            19 => self.synt(Grunnlag::Dnr, ar, 500..900),
            20 => PUBLISERT_FIKTIVT.to_owned(),
            _ => self.godt_nummer(ar - 2),
        })
    }
}
