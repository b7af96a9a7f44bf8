//! The languages that have an analyser: every official language of the European Union and of North America's
//! countries, and a few that their neighbours write.
//!
//! A text in any other language is searched too, by its folded words ([`Slot::OTHER`]). Stemmers are Snowball's
//! (<https://snowballstem.org>). Where none exists (Bulgarian, Latvian, Maltese, Slovak, Slovenian, Ukrainian)
//! words are folded only. Croatian and Bosnian use the Serbian stemmer, which grew out of a Croatian one.
//!
//! Invariant: the order of [`LANGUAGES`] is part of the layout of the index: append, or raise `fields::LAYOUT`.

use frostem::Algorithm;
use tantivy::tokenizer::Language as Listed;

/// A language with a field of its own in the index.
pub(super) struct Language {
    /// The primary subtag of its BCP 47 tag.
    pub tag: &'static str,
    pub stemmer: Option<Algorithm>,
    /// The engine's own stop-word list, where it has one.
    pub listed: Option<Listed>,
    /// Folded function words that the engine has no list of, or leaves out of it.
    pub function_words: &'static str,
}

const fn listed(tag: &'static str, stemmer: Algorithm, listed: Listed) -> Language {
    Language { tag, stemmer: Some(stemmer), listed: Some(listed), function_words: "" }
}

const fn stemmed(tag: &'static str, stemmer: Algorithm, function_words: &'static str) -> Language {
    Language { tag, stemmer: Some(stemmer), listed: None, function_words }
}

const fn folded(tag: &'static str, function_words: &'static str) -> Language {
    Language { tag, stemmer: None, listed: None, function_words }
}

/// Every language with an analyser of its own.
pub(super) static LANGUAGES: [Language; 31] = [
    folded("bg", "и в на за от с се да е по не до като са през със към при този тази това които който която че или но"),
    stemmed("ca", Algorithm::Catalan, "el la els les un una uns unes de del dels i a al als en per amb que es no son com o"),
    stemmed(
        "cs",
        Algorithm::Czech,
        "a i v ve na z ze s se k ke o od do po pro pri za je jsou byl byla bylo jako ktery ktera ktere nebo ale co to ze",
    ),
    listed("da", Algorithm::Danish, Listed::Danish),
    listed("de", Algorithm::German, Listed::German),
    stemmed(
        "el",
        Algorithm::Greek,
        "ο η το οι τα του τησ των τον την τουσ τισ και σε στο στη στην στον στα στουσ στισ με για απο που να θα ειναι ηταν \
         ωσ ενα μια ενασ τι ποιοσ ποια ποιο δεν οτι αυτο κατα",
    ),
    Language {
        tag: "en",
        stemmer: Some(Algorithm::English),
        listed: Some(Listed::English),
        function_words: "what when where who whom whose which why how do does did has have had been being am were can could would should \
                         may might must from we our us you your he his she her its i my me them those than also any some about",
    },
    listed("es", Algorithm::Spanish, Listed::Spanish),
    stemmed("et", Algorithm::Estonian, "ja on ei et see ka mis oma kui ning voi aga seda oli kes selle"),
    stemmed("eu", Algorithm::Basque, "eta da ez bat dira zen du ere edo hau hori"),
    listed("fi", Algorithm::Finnish, Listed::Finnish),
    listed("fr", Algorithm::French, Listed::French),
    stemmed("ga", Algorithm::Irish, "an na agus a i ar is do le go ag ni de o bhi ata se si"),
    folded("gl", "o a os as un unha de do da dos das e en no na nos nas por para con que se non e como"),
    stemmed("hr", Algorithm::Serbian, "i u na je se da za od su s sa o kao iz do po ne koji koja koje ili ali to"),
    listed("hu", Algorithm::Hungarian, Listed::Hungarian),
    listed("it", Algorithm::Italian, Listed::Italian),
    stemmed("lt", Algorithm::Lithuanian, "ir i is su kad tai yra nuo uz po ar kaip bet o prie del buvo"),
    folded("lv", "un ir no uz ar par ka pie vai bet kas ka to tas ari pec"),
    folded("mt", "il l u ta tal li fi fil ma minn biex dan din huwa hija jew ghal ghall"),
    listed("nl", Algorithm::Dutch, Listed::Dutch),
    listed("no", Algorithm::Norwegian, Listed::Norwegian),
    stemmed(
        "pl",
        Algorithm::Polish,
        "i w we na z ze do o od po za przez przy dla jest sa sie nie to jak oraz ktory ktora ktore lub ale a co",
    ),
    listed("pt", Algorithm::Portuguese, Listed::Portuguese),
    stemmed("ro", Algorithm::Romanian, "si in de la a al ale ai cu pe din pentru este sunt un o unei unui sau dar"),
    listed("ru", Algorithm::Russian, Listed::Russian),
    folded("sk", "a i v vo na z zo s sa so k ku o od do po pre pri za je su bol bola bolo ako ktory ktora ktore alebo ale to ze"),
    folded("sl", "in v na z s za je so se da od do po pri ki kot ali pa ne to bi"),
    listed("sv", Algorithm::Swedish, Listed::Swedish),
    stemmed(
        "tr",
        Algorithm::Turkish,
        "ve bir bu da de ile icin olarak olan ne kim hangi nasil nerede kac mi ya veya gibi daha en cok kadar sonra oldu",
    ),
    folded("uk", "і й в у на з із до від за про та що як не є це або але для при по"),
];

/// Where a text's words are kept: the field of its language, or a field for what has no language.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Slot(pub u8);

impl Slot {
    /// Texts in a language without an analyser.
    pub const OTHER: Slot = Slot(LANGUAGES.len() as u8);
    /// Names, aliases and codes, which belong to no language.
    pub const NAMES: Slot = Slot(LANGUAGES.len() as u8 + 1);
    pub const FIRST: Slot = Slot(0);
    pub const LAST: Slot = Slot(Slot::COUNT as u8 - 1);
    /// The first of the slots of titles, one a language and one for the others.
    const TITLES: u8 = LANGUAGES.len() as u8 + 2;
    pub const COUNT: usize = 2 * LANGUAGES.len() + 3;

    /// Every slot, in the order of the layout.
    pub fn all() -> impl Iterator<Item = Slot> {
        (0..Slot::COUNT as u8).map(Slot)
    }

    /// The slot of a language tag; regions and scripts share the slot of their language.
    pub fn of(tag: &str) -> Slot {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let primary = match primary.as_str() {
            "nb" | "nn" => "no",
            "bs" | "sr" | "sh" => "hr",
            other => other,
        };
        LANGUAGES.iter().position(|language| language.tag == primary).map_or(Slot::OTHER, |at| Slot(at as u8))
    }

    /// The slots that a question is looked up in: all but those of titles, which follow their language.
    pub fn sought() -> impl Iterator<Item = Slot> {
        (0..Slot::TITLES).map(Slot)
    }

    /// Where the titles of a slot's texts are kept once more. Names have none.
    pub fn title(self) -> Option<Slot> {
        (self.0 <= Slot::OTHER.0).then_some(Slot(self.0 + Slot::TITLES))
    }

    /// The slot of a title's language; any other slot is its own.
    fn base(self) -> Slot {
        Slot(self.0.checked_sub(Slot::TITLES).unwrap_or(self.0))
    }

    pub fn language(self) -> Option<&'static Language> {
        LANGUAGES.get(self.base().index())
    }

    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The name of the slot's field and of its tokenizer.
    pub fn name(self) -> String {
        let part = if self.0 >= Slot::TITLES { "title" } else { "text" };
        match self.language() {
            Some(language) => format!("{part}_{}", language.tag),
            None if self == Slot::NAMES => "names".to_owned(),
            None => format!("{part}_other"),
        }
    }
}
