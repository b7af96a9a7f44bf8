//! What a practice tells in one language, part by part, be it in words, in figures or by what it is linked to: what is missing of it and how it fills a form
//! are read from here.
use async_graphql::Context;

use futures_util::try_join;
use jiff::civil::Date;

use super::{
    Row,
    row::{Indicator, Money, THEMES},
};
use crate::{
    base::{
        Result,
        text::{camel, fold},
    },
    domain::{involvement, theme::Theme},
    kernel::text::{self, Chosen},
    relay::context::Asking,
    store::Json,
};

/// Something that a reader wants to be told of a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A part of its text, by its name.
    Text(&'static str),
    /// When it began and ended.
    Days,
    /// What happened when.
    KeyDates,
    /// What was spent.
    Money,
    /// Results in figures.
    Indicators,
    /// The organisations and others that took part.
    Stakeholders,
    /// The city and its country.
    Place,
    /// Its themes.
    Themes,
}

/// The parts of its text.
#[rustfmt::skip]
pub(super) mod parts {
    use super::Part;

    pub const TITLE: Part = Part::Text("title");
    pub const SUMMARY: Part = Part::Text("summary");
    pub const PROBLEM_BEFORE: Part = Part::Text("problem_before");
    pub const CHALLENGE: Part = Part::Text("challenge");
    pub const OBJECTIVES: Part = Part::Text("objectives");
    pub const BODY: Part = Part::Text("body");
    pub const PROCESS: Part = Part::Text("process");
    pub const RESULTS: Part = Part::Text("results");
    pub const EVIDENCE: Part = Part::Text("evidence");
    pub const DIFFICULTIES: Part = Part::Text("difficulties");
    pub const LESSONS: Part = Part::Text("lessons");
    pub const TRANSFER_CONDITIONS: Part = Part::Text("transfer_conditions");
    pub const SUSTAINABILITY: Part = Part::Text("sustainability");
    pub const FINANCING: Part = Part::Text("financing");
    pub const LEGAL_BASIS: Part = Part::Text("legal_basis");
    pub const POLICIES: Part = Part::Text("policies");
}

impl Part {
    /// What a text has of it; nothing where it is no part of a text.
    pub(super) fn of(self, text: Option<&text::Row>) -> Option<&str> {
        match self {
            Self::Text(name) => text?.field(name),
            _ => None,
        }
    }

    /// Its name in the graph.
    pub(super) fn name(self) -> String {
        match self {
            Self::Text(name) => camel(name),
            Self::Days => "startedOn".to_owned(),
            Self::KeyDates => "keyDates".to_owned(),
            Self::Money => "money".to_owned(),
            Self::Indicators => "indicators".to_owned(),
            Self::Stakeholders => "involvements".to_owned(),
            Self::Place => "city".to_owned(),
            Self::Themes => "themes".to_owned(),
        }
    }
}

/// What one says of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    /// Only where it is said: “see link”.
    Elsewhere(String),
    Something(String),
}

impl Said {
    /// The words, where they say something here.
    pub(super) fn words(self) -> Option<String> {
        match self {
            Self::Something(words) => Some(words),
            Self::Nothing | Self::Elsewhere(_) => None,
        }
    }

    fn of(words: Option<&str>) -> Self {
        match words.map(str::trim).filter(|words| !words.is_empty()) {
            None => Self::Nothing,
            Some(words) if points_elsewhere(words) => Self::Elsewhere(words.to_owned()),
            Some(words) => Self::Something(words.to_owned()),
        }
    }

    /// What is told otherwise than by a text leads nowhere.
    fn lines(lines: impl Iterator<Item = String>) -> Self {
        let lines = lines.collect::<Vec<_>>().join("\n");
        if lines.is_empty() { Self::Nothing } else { Self::Something(lines) }
    }
}

/// A practice with all that is asked of it, in one language.
pub(super) struct Told<'r> {
    row: &'r Row,
    text: Option<text::Row>,
    place: String,
    stakeholders: Vec<String>,
    themes: usize,
}

impl<'r> Told<'r> {
    /// In a language that was chosen; what it is linked to as far as the viewer may see it.
    pub(super) async fn of(ctx: &Context<'_>, row: &'r Row, chosen: Chosen) -> Result<Self> {
        let id = row.id.uuid();
        let languages = [chosen.language.clone()];
        let (text, city, organisations, themes) = try_join!(
            text::load(ctx, id, chosen.language),
            ctx.load(row.city),
            involvement::names_about(ctx, id),
            ctx.joined::<Theme>(&THEMES, id),
        )?;
        let place = city.map(|city| city.0.place(&languages)).unwrap_or_default();
        let stakeholders = organisations.into_iter().chain(row.stakeholders.iter().cloned()).collect();
        Ok(Self { row, text, place, stakeholders, themes: themes.len() })
    }

    /// What it says of a part.
    pub(super) fn said(&self, part: Part) -> Said {
        match part {
            Part::Text(_) => Said::of(part.of(self.text.as_ref())),
            Part::Days => Said::lines(days(self.row.started_on.as_ref(), self.row.ended_on.as_ref()).into_iter()),
            Part::KeyDates => Said::lines(self.row.key_dates.iter().map(|date| format!("{}: {}", date.on.verbatim, date.what))),
            Part::Money => Said::lines(self.row.money.iter().map(amount)),
            Part::Indicators => Said::lines(self.row.indicators.iter().map(figure)),
            Part::Stakeholders => Said::lines(self.stakeholders.iter().cloned()),
            Part::Place => Said::lines(std::iter::once(self.place.clone())),
            Part::Themes => Said::lines((self.themes > 0).then(|| self.themes.to_string()).into_iter()),
        }
    }
}

/// “2018-03-01 – 2020-06-30”, and without its end while it goes on.
fn days(began: Option<&Json<Date>>, ended: Option<&Json<Date>>) -> Option<String> {
    let began = began?.0;
    Some(ended.map_or_else(|| format!("{began} –"), |ended| format!("{began} – {}", ended.0)))
}

/// “120000 EUR (2019): pumps”.
fn amount(spent: &Money) -> String {
    let year = spent.year.map(|year| format!(" ({year})")).unwrap_or_default();
    let what = spent.what.as_ref().map(|what| format!(": {what}")).unwrap_or_default();
    format!("{} {}{year}{what}", spent.amount, spent.currency)
}

/// “Flooded cellars: 40 (2015) → 3 a year (2020)”.
fn figure(indicator: &Indicator) -> String {
    let year = |year: Option<i32>| year.map(|year| format!(" ({year})")).unwrap_or_default();
    let before = indicator.before.map(|before| format!("{before}{} → ", year(indicator.year_before))).unwrap_or_default();
    let unit = indicator.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{}: {before}{}{unit}{}", indicator.name, indicator.value, year(indicator.year))
}

/// Words of which texts are made that say nothing themselves, in the languages of mails, folded: “see link”, “siehe Anhang”, “voir le site web”.
const POINTING: &str = "a added additional all and annex annexe annexed annexes at attached attachment attachments be below brochure click completed description detailed details doc document \
    documents enclosed file files find for found from k full further here https http in info information is link links more n na note of on online our page pages pdf please presentation project read \
    refer report see site tba tbc tbd the this to todo under url view visit web webpage website with www xxx \
    siehe anhang anlage auf beigefugt bericht beschreibung datei der die das dem den dieser dokument finden hier im internet internetseite link naheres unserer unter vgl webseite weitere website zu \
    voir annexe annexes ci cf consulter dans detail details dessous du fichier ici jointe joint le la les lien notre page piece pour plus rapport site sur telecharger \
    anexo anexos adjunto archivo aqui consultar consulte detalle detalles documento el en enlace este informe la mas nuestra pagina para sitio vea vease ver \
    allegato allegati collegamento consultare documento il in informazioni la link nel pagina per piu qui rapporto sito vedere vedi \
    bijlage bijlagen bekijk document een het hier informatie meer onze pagina raadpleeg van voor zie \
    anexo aceder consultar em ligacao mais nosso pagina para relatorio sitio veja ver \
    виж вижте връзка документа линк линка приложението сайта тук vegeu aqui enllac enllaç l annex document el la lloc web \
    βλ βλεπε δειτε εδω ιστοσελιδα ιστοτοπο παραρτημα στο στην στη συνδεσμο συνημμενο το τον την τη";

/// Whether a text says nothing itself: nothing but addresses, and words that lead elsewhere.
fn points_elsewhere(text: &str) -> bool {
    let is_address =
        |word: &&str| ["http://", "https://", "www."].iter().any(|begin| word.trim_start_matches('(').to_lowercase().starts_with(begin));
    let words = text.split_whitespace().filter(|word| !is_address(word));
    // Word by word: of a text that says something the first words tell.
    words.map(fold).all(|folded| {
        let mut words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        words.all(|word| POINTING.split_whitespace().any(|pointing| pointing == word) || word.chars().all(char::is_numeric))
    })
}

/// The lines of a text that is a list, without what numbers them or stands before them: “1.”, “-”, “•”, “[ ]”.
pub(super) fn list_items(text: &str) -> Vec<String> {
    text.lines().map(unmarked).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn unmarked(line: &str) -> &str {
    let line = line.trim();
    let number = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_numbered = number.len() < line.len() && number.starts_with(['.', ')']) && number[1..].starts_with(char::is_whitespace);
    let line = if is_numbered { number[1..].trim_start() } else { line };
    let line = line.strip_prefix(['-', '*', '•', '–', '☐', '☑']).map_or(line, str::trim_start);
    ["[ ]", "[x]", "[X]"].iter().find_map(|mark| line.strip_prefix(mark)).map_or(line, str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_only_lead_elsewhere_say_nothing() {
        for text in [
            "see link",
            "See https://example.org/report.pdf for more information.",
            "https://example.org",
            "Siehe Anhang 2.",
            "Voir le site web.",
            "Véase el informe adjunto",
            "Vedi allegato",
            "Zie bijlage",
            "Ver anexo",
            "Βλ. σύνδεσμο",
            "n/a",
            "TBD",
            "–",
        ] {
            assert!(points_elsewhere(text), "{text}");
        }
        for text in [
            "See how the pumps froze: https://example.org",
            "Four pumps froze.",
            "None.",
            "Keine",
            "The link between river and street.",
            "12 pumps",
        ] {
            assert!(!points_elsewhere(text), "{text}");
        }
    }

    #[test]
    fn lists_lose_what_marks_their_lines() {
        let steps = "1. Ask the neighbours.\n2) Dig.\n\n - Plant\n• Water\n[ ] Look after it\n2020 was dry.";
        assert_eq!(list_items(steps), ["Ask the neighbours.", "Dig.", "Plant", "Water", "Look after it", "2020 was dry."]);
    }
}
