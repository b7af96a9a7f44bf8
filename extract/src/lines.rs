//! Readable lines: white space tidied while text arrives, never more than a given number of bytes.

/// What stands between the last visible character and the next one. The strongest wish wins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Cell,
    Line,
    Paragraph,
}

/// Stands between pages; no text has it, as control characters are left out.
const PAGE_END: char = '\u{c}';

/// A text under construction.
pub(super) struct Lines {
    text: String,
    cap: usize,
    gap: Gap,
    full: bool,
}

impl Lines {
    /// An empty text that will hold at most `cap` bytes.
    pub fn new(cap: usize) -> Self {
        Self { text: String::new(), cap, gap: Gap::None, full: false }
    }

    /// Adds running text: line ends in it are mere spaces.
    pub fn push(&mut self, text: &str) {
        self.each(text, Gap::Space);
    }

    /// Adds laid-out text: line ends in it are kept, an empty line starts a paragraph.
    pub fn push_laid_out(&mut self, text: &str) {
        self.each(text, Gap::Line);
    }

    /// Separates words.
    pub fn space(&mut self) {
        self.widen(Gap::Space);
    }

    /// Separates two cells of a table's row.
    pub fn cell(&mut self) {
        self.widen(Gap::Cell);
    }

    /// Starts a new line.
    pub fn line(&mut self) {
        self.widen(Gap::Line);
    }

    /// Leaves one empty line.
    pub fn paragraph(&mut self) {
        self.widen(Gap::Paragraph);
    }

    /// Ends a page and starts another; see [`Self::take_pages`].
    pub fn page(&mut self) {
        self.gap = Gap::None;
        if self.text.len() < self.cap {
            self.text.push(PAGE_END);
        } else {
            self.full = true;
        }
    }

    /// True when text had to be left out.
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// Hands over the text so far and whether some was left out; begins anew with what room is left.
    pub fn take(&mut self) -> (String, bool) {
        let text = std::mem::take(&mut self.text);
        self.cap -= text.len();
        self.gap = Gap::None;
        (text, std::mem::take(&mut self.full))
    }

    /// The same for pages parted by [`Self::page`]; the last is the one where text was left out.
    pub fn take_pages(&mut self) -> Vec<(String, bool)> {
        let (text, full) = self.take();
        let last = text.matches(PAGE_END).count();
        text.split(PAGE_END).enumerate().map(|(index, page)| (page.to_owned(), full && index == last)).collect()
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn each(&mut self, text: &str, at_line_end: Gap) {
        let mut after_cr = false;
        for c in text.chars() {
            if self.full {
                return;
            }
            match c {
                '\n' if after_cr => {}
                '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    let second = at_line_end == Gap::Line && self.gap >= Gap::Line;
                    self.widen(if second { Gap::Paragraph } else { at_line_end });
                }
                c if c.is_whitespace() => self.widen(Gap::Space),
                c if is_unseen(c) => {}
                c => self.put(c),
            }
            after_cr = c == '\r';
        }
    }

    fn put(&mut self, c: char) {
        let between = match self.gap {
            Gap::None => "",
            _ if self.text.is_empty() || self.text.ends_with(PAGE_END) => "",
            Gap::Space => " ",
            Gap::Cell => " | ",
            Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        };
        if self.text.len() + between.len() + c.len_utf8() > self.cap {
            self.full = true;
            return;
        }
        self.text.push_str(between);
        self.text.push(c);
        self.gap = Gap::None;
    }
}

/// Characters that carry no text and would split or disguise words: controls (NUL among them), soft
/// hyphens, zero-width spaces, byte-order marks, overrides of direction. Joiners stay, some scripts need them.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}')
}
