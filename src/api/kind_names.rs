//! What the kinds that are searched are called, in the languages of people who search.
use std::sync::LazyLock;

use crate::{base::Language, domain::entry_of};

/// The kinds, in the order of their names below.
const KINDS: [&str; 19] = [
    "adoption",
    "agenda",
    "agreement",
    "announcement",
    "application",
    "building_block",
    "call",
    "city",
    "contact_point",
    "document",
    "faq",
    "goal",
    "involvement",
    "organisation",
    "pairing",
    "practice",
    "programme",
    "seminar",
    "theme",
];

/// Their names.
#[rustfmt::skip]
const NAMES: [(&str, [&str; 19]); 8] = [
    ("de", ["Übernahme", "Agenda", "Vereinbarung", "Mitteilung", "Bewerbung", "Baustein", "Aufruf", "Stadt", "Kontaktstelle", "Dokument", "Häufige Frage", "Ziel", "Mitwirkung", "Organisation", "Partnerschaft", "Praxisbeispiel", "Programm", "Seminar", "Thema"]),
    ("el", ["Υιοθέτηση", "Ατζέντα", "Συμφωνία", "Ανακοίνωση", "Αίτηση", "Δομικό στοιχείο", "Πρόσκληση", "Πόλη", "Σημείο επαφής", "Έγγραφο", "Συχνή ερώτηση", "Στόχος", "Συμμετοχή", "Οργανισμός", "Σύμπραξη", "Πρακτική", "Πρόγραμμα", "Σεμινάριο", "Θέμα"]),
    ("en", ["Adoption", "Agenda", "Agreement", "Announcement", "Application", "Building block", "Call", "City", "Contact point", "Document", "Frequent question", "Goal", "Involvement", "Organisation", "Pairing", "Practice", "Programme", "Seminar", "Theme"]),
    ("es", ["Adopción", "Agenda", "Acuerdo", "Anuncio", "Solicitud", "Elemento constitutivo", "Convocatoria", "Ciudad", "Punto de contacto", "Documento", "Pregunta frecuente", "Objetivo", "Participación", "Organización", "Alianza", "Práctica", "Programa", "Seminario", "Tema"]),
    ("fr", ["Reprise", "Agenda", "Accord", "Annonce", "Candidature", "Élément constitutif", "Appel", "Ville", "Point de contact", "Document", "Question fréquente", "Objectif", "Participation", "Organisation", "Partenariat", "Pratique", "Programme", "Séminaire", "Thème"]),
    ("it", ["Adozione", "Agenda", "Accordo", "Annuncio", "Candidatura", "Elemento costitutivo", "Bando", "Città", "Punto di contatto", "Documento", "Domanda frequente", "Obiettivo", "Partecipazione", "Organizzazione", "Partenariato", "Pratica", "Programma", "Seminario", "Tema"]),
    ("nl", ["Overname", "Agenda", "Overeenkomst", "Aankondiging", "Aanvraag", "Bouwsteen", "Oproep", "Stad", "Contactpunt", "Document", "Veelgestelde vraag", "Doel", "Betrokkenheid", "Organisatie", "Partnerschap", "Praktijk", "Programma", "Seminar", "Thema"]),
    ("pt", ["Adoção", "Agenda", "Acordo", "Anúncio", "Candidatura", "Elemento constitutivo", "Convocatória", "Cidade", "Ponto de contacto", "Documento", "Pergunta frequente", "Objetivo", "Participação", "Organização", "Parceria", "Prática", "Programa", "Seminário", "Tema"]),
];

type Called = (Language, &'static [&'static str; 19]);

static LANGUAGES: LazyLock<Vec<Called>> =
    LazyLock::new(|| NAMES.iter().filter_map(|(tag, names)| Some((Language::parse(tag)?, names))).collect());

/// The name of a kind in the first of these languages that has one, else as the graph calls it.
pub fn kind_name(kind: &str, languages: &[Language]) -> String {
    let names = Language::best(languages, &LANGUAGES, |(language, _)| language).map(|(_, names)| *names);
    let name = names.zip(KINDS.iter().position(|known| *known == kind)).map(|(names, at)| names[at]);
    name.or_else(|| Some(entry_of(kind)?.sdl_name())).unwrap_or(kind).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_named_in_the_readers_language() {
        let name = |kind: &str, tags: &[&str]| kind_name(kind, &tags.iter().filter_map(|tag| Language::parse(tag)).collect::<Vec<_>>());
        assert_eq!(name("city", &["de-CH", "en"]), "Stadt");
        assert_eq!(name("seminar", &["pt-BR"]), "Seminário");
        assert_eq!(name("practice", &["en-GB", "de"]), "Practice");
        assert_eq!(name("theme", &["tlh"]), "Theme");
        assert_eq!(name("person", &["de"]), "Person");
    }

    #[test]
    fn every_kind_of_the_list_is_one() {
        assert!(KINDS.iter().all(|kind| entry_of(kind).is_some()));
    }
}
