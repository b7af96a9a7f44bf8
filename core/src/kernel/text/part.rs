//! The parts of a kind's texts, declared once: the node's fields, the text type, the inputs of mutations, the records of imports
//! and exports, the search document and the checks follow from one list.
use super::{Fields, Head, Saved};
use crate::{
    access::Viewer,
    base::{
        Code, Language, Refusal,
        text::{grouped, is_blank},
    },
    relay::NodeType,
    search::SearchText,
    store::{Surface, in_line},
};

/// One named part of a text.
#[derive(Debug)]
pub struct TextPart {
    /// Its name, as records have it: `transfer_conditions`.
    pub name: &'static str,
    /// Its longest length in characters.
    pub longest: usize,
    /// What it tells, in a sentence.
    pub description: &'static str,
    /// Whether no text can be without it.
    pub is_required: bool,
    /// Whether every thing answers it, be it from its row.
    pub is_always_there: bool,
    /// Whether the words of the original stand in the row, too.
    pub is_in_row: bool,
    /// As what it is searched.
    pub searched: Option<Searched>,
    /// What the field of the node says instead of `description`.
    node: Option<&'static str>,
    /// What inputs say instead: of a new thing, of a change, of a translation.
    inputs: [Option<&'static str>; 3],
}

/// As what a part is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Searched {
    /// Its words weigh most.
    Title,
    /// Its words weigh more than those of the body.
    Summary,
    /// One after another in the order of the list.
    Body,
}

/// Where inputs take the parts of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Of a new thing.
    Create,
    /// Of a change: what is left out stays as it is, null forgets it.
    Update,
    /// Of a translation: a whole text.
    Translate,
}

impl TextPart {
    /// A part that may be missing.
    pub const fn new(name: &'static str, longest: usize, description: &'static str) -> Self {
        Self {
            name,
            longest,
            description,
            is_required: false,
            is_always_there: false,
            is_in_row: false,
            searched: None,
            node: None,
            inputs: [None; 3],
        }
    }

    /// The same, without which there is no text.
    pub const fn required(self) -> Self {
        Self { is_required: true, is_always_there: true, ..self }
    }

    /// The same, which every thing answers, though a translation may be without it.
    pub const fn always(self) -> Self {
        Self { is_always_there: true, ..self }
    }

    /// The same, of which the original's words stand in the row, too, so that they cost no statement.
    pub const fn in_row(self) -> Self {
        Self { is_in_row: true, ..self }
    }

    /// The same, searched.
    pub const fn searched(self, searched: Searched) -> Self {
        Self { searched: Some(searched), ..self }
    }

    /// The same with a sentence of its own at the node.
    pub const fn at_node(self, description: &'static str) -> Self {
        Self { node: Some(description), ..self }
    }

    /// The same with a sentence of its own in an input.
    pub const fn at_input(mut self, of: Use, description: &'static str) -> Self {
        self.inputs[of as usize] = Some(description);
        self
    }

    /// What the node's field says.
    pub fn of_node(&self) -> String {
        let told = self.description.trim_end_matches('.');
        self.node.map_or_else(
            || if self.is_in_row { format!("{told} in the reader's best language.") } else { format!("{told}.") },
            str::to_owned,
        )
    }

    /// What an input's field says.
    pub fn of_input(&self, of: Use) -> String {
        if let Some(description) = self.inputs[of as usize] {
            return description.to_owned();
        }
        if self.is_required {
            return format!("1 to {} characters.", grouped(self.longest));
        }
        match of {
            Use::Create | Use::Translate => self.description.to_owned(),
            Use::Update => format!("{}; null forgets it.", self.description.trim_end_matches('.')),
        }
    }
}

/// What a row keeps of its texts.
#[derive(Clone, Copy, Debug)]
pub struct TextHead<'r> {
    /// The language of the original.
    pub language: &'r Language,
    /// The translations.
    pub heads: &'r [Head],
    /// The version of the original.
    pub version: i64,
}

impl From<TextHead<'_>> for Saved {
    /// What a row keeps already.
    fn from(head: TextHead<'_>) -> Self {
        Self { text_version: head.version, heads: head.heads.to_vec(), has_changed: false }
    }
}

/// A kind whose things have texts.
pub trait Written: NodeType {
    /// The parts, in the order they are read.
    const PARTS: &'static [TextPart];
    /// The name of the type of a text in one language, and what it says.
    const TEXT: (&'static str, &'static str);

    /// Whether the node tells of its texts in the usual fields: `text`, `language`, `textVersion`, `translations`.
    const IS_TOLD: bool = true;

    /// Whether a thing keeps its texts from this viewer, who may see it, and answers its title alone.
    fn withholds(_row: &Self::Row, _viewer: &Viewer) -> bool {
        false
    }

    /// What the row keeps of its texts.
    fn head(row: &Self::Row) -> TextHead<'_>;

    /// The words of the original that stand in the row, for the parts that are in it.
    fn in_row<'r>(row: &'r Self::Row, part: &str) -> Option<&'r str>;

    /// Puts the words that stand in the row into it, and their language.
    fn fill(row: &mut Self::Row, language: Language, original: &Fields);

    /// Notes in the row what was saved of its texts, and the words that stand in it.
    fn keep(row: &mut Self::Row, saved: Saved, original: &Fields);
}

/// A column that holds the words of a part.
pub trait InRow {
    /// The words.
    fn words(&self) -> Option<&str>;
    /// Puts other words in their place.
    fn put(&mut self, words: Option<&String>);
}

/// Of a part that is always there, and a single line or paragraph.
impl InRow for String {
    fn words(&self) -> Option<&str> {
        Some(self)
    }

    fn put(&mut self, words: Option<&String>) {
        *self = words.map(|words| words.trim().to_owned()).unwrap_or_default();
    }
}

impl InRow for Option<String> {
    fn words(&self) -> Option<&str> {
        self.as_deref()
    }

    fn put(&mut self, words: Option<&String>) {
        *self = words.cloned();
    }
}

/// Declares the texts of a kind: their type in the graph and what it says, their parts, and which of these stand in columns of the row, too.
#[macro_export]
macro_rules! texts {
    ($kind:ident {
        text: $name:literal, $said:literal,
        in_row: [$($column:ident),*],
        parts: $parts:expr
        $(, is_told: $is_told:expr)?
        $(, withholds: $withholds:expr)?
        $(, keeping: $keeping:expr)?
        $(,)?
    }) => {
        impl $crate::kernel::text::Written for $kind {
            const PARTS: &'static [$crate::kernel::text::TextPart] = &$parts;
            const TEXT: (&'static str, &'static str) = ($name, $said);
            $(const IS_TOLD: bool = $is_told;)?

            $(fn withholds(row: &Row, viewer: &$crate::access::Viewer) -> bool {
                let withholds: fn(&Row, &$crate::access::Viewer) -> bool = $withholds;
                withholds(row, viewer)
            })?

            fn head(row: &Row) -> $crate::kernel::text::TextHead<'_> {
                $crate::kernel::text::TextHead { language: &row.language, heads: &row.languages, version: row.text_version }
            }

            fn in_row<'r>(row: &'r Row, part: &str) -> Option<&'r str> {
                $(if part == stringify!($column) {
                    return $crate::kernel::text::InRow::words(&row.$column);
                })*
                None
            }

            fn fill(row: &mut Row, language: $crate::base::Language, original: &$crate::kernel::text::Fields) {
                row.language = language;
                $($crate::kernel::text::InRow::put(&mut row.$column, original.get(stringify!($column)));)*
            }

            fn keep(row: &mut Row, saved: $crate::kernel::text::Saved, original: &$crate::kernel::text::Fields) {
                $(
                    let keeping: fn(&mut Row, &$crate::kernel::text::Saved) = $keeping;
                    keeping(row, &saved);
                )?
                Self::fill(row, row.language.clone(), original);
                (row.text_version, row.languages) = (saved.text_version, $crate::store::Json(saved.heads));
            }
        }
    };
}

/// Whether a save brought a translation and left the original as it was.
pub fn is_translation<T: Written>(before: Option<&T::Row>, after: &T::Row) -> bool {
    let after = T::head(after);
    before.map(T::head).is_some_and(|before| before.heads != after.heads && before.version == after.version)
}

/// Refuses what is missing or too long, and titles of several lines; `below` comes before a part's name in its path.
pub fn check(parts: &[TextPart], fields: &Fields, surface: Surface, below: &str) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for part in parts {
        let (path, name, text) = (surface.path(&format!("{below}{}", part.name)), surface.name(part.name), fields.get(part.name));
        if part.is_required && text.is_none_or(|text| is_blank(text)) {
            refusals.push(Refusal::new(Code::Required, path, format!("“{name}” is empty; write one.")));
            continue;
        }
        let length = text.map_or(0, |text| text.chars().count());
        if length > part.longest {
            let message = format!("“{name}” has {length} characters; at most {} are allowed.", part.longest);
            refusals.push(Refusal::new(Code::TooLong, path.clone(), message));
        }
        // A title is a single line, everything else may have several.
        let line = text.filter(|_| part.searched == Some(Searched::Title));
        refusals.extend(line.and_then(|line| in_line(&path, &name, line.trim())));
    }
    refusals
}

/// The longest name of a tool, in characters.
const LONGEST_TOOL: usize = 100;

/// Refuses a name of a tool that says nothing, is too long, or has several lines.
pub fn check_tool(tool: Option<&str>, surface: Surface, below: &str) -> Vec<Refusal> {
    let Some(tool) = tool else { return Vec::new() };
    let path = surface.path(&format!("{below}tool"));
    if is_blank(tool) {
        return vec![Refusal::new(Code::Required, path, "“tool” is empty; name the tool, or leave it out where a person translated.")];
    }
    if tool.chars().count() > LONGEST_TOOL {
        return vec![Refusal::new(Code::TooLong, path, format!("“tool” has at most {LONGEST_TOOL} characters."))];
    }
    in_line(&path, "tool", tool.trim()).into_iter().collect()
}

/// The same of a translation, which says something.
pub fn check_translation(parts: &[TextPart], fields: &Fields, surface: Surface, below: &str) -> Vec<Refusal> {
    let says_nothing = parts.iter().all(|part| fields.get(part.name).is_none_or(|text| is_blank(text)));
    match parts.first().filter(|_| says_nothing) {
        Some(part) => {
            let path = surface.path(&format!("{below}{}", part.name));
            vec![Refusal::new(
                Code::Required,
                path,
                format!("“{}” is empty, as is all of the translation; write one.", surface.name(part.name)),
            )]
        }
        None => check(parts, fields, surface, below),
    }
}

/// What the index holds of a text; where a translation lacks what every thing has, the row's words stand in. Whatever a machine translated weighs as a body does, so that it
/// ranks below what people wrote.
pub fn searched<T: Written>(row: &T::Row, text: &super::Row) -> SearchText {
    let words =
        |part: &TextPart| text.field(part.name).or_else(|| T::in_row(row, part.name).filter(|_| part.is_always_there)).map(str::to_owned);
    let of = |searched: &[Searched]| {
        let order = searched.iter().flat_map(|searched| T::PARTS.iter().filter(|part| part.searched == Some(*searched)));
        order.filter_map(words).collect::<Vec<_>>().join("\n\n")
    };
    let [title, summary, body] = match text.tool {
        None => [of(&[Searched::Title]), of(&[Searched::Summary]), of(&[Searched::Body])],
        Some(_) => [String::new(), String::new(), of(&[Searched::Title, Searched::Summary, Searched::Body])],
    };
    SearchText { language: text.language.to_string(), is_original: text.is_original, title, summary, body }
}

#[cfg(test)]
mod tests {
    use super::*;

    static PARTS: [TextPart; 2] = [
        TextPart::new("title", 300, "The title.").required().searched(Searched::Title),
        TextPart::new("legal_basis", 5, "The legal basis."),
    ];

    fn fields(title: &str, basis: &str) -> Fields {
        Fields::from([("title".to_owned(), title.to_owned()), ("legal_basis".to_owned(), basis.to_owned())])
    }

    #[test]
    fn a_text_has_what_it_must_have_and_nothing_too_long() {
        assert!(check(&PARTS, &fields("Walk", ""), Surface::Record, "").is_empty());
        assert_eq!(check(&PARTS, &fields("  ", ""), Surface::Mutation, "")[0].path, "input.title");
        let long = check(&PARTS, &fields("Walk", "a\nlaw"), Surface::Mutation, "");
        assert!(long.is_empty());
        let lines = check(&PARTS, &fields("Walk\u{2028}on", "a law"), Surface::Mutation, "");
        assert_eq!((lines.len(), lines[0].code, lines[0].path.as_str()), (1, Code::BadInput, "input.title"));
        let long = check(&PARTS, &fields("Walk", "a law!"), Surface::Mutation, "");
        assert_eq!((long[0].code, long[0].path.as_str()), (Code::TooLong, "input.legalBasis"));
    }

    #[test]
    fn inputs_say_what_they_take() {
        assert_eq!(PARTS[0].of_input(Use::Create), "1 to 300 characters.");
        assert_eq!(PARTS[1].of_input(Use::Create), "The legal basis.");
        assert_eq!(PARTS[1].of_input(Use::Update), "The legal basis; null forgets it.");
    }
}
