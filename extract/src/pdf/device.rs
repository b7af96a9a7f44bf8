//! The device that pages are drawn on: it keeps letters and where they stand, and forgets all else.

use super::alphabet::Alphabet;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{BlendMode, ClipPath, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use std::collections::HashMap;

/// What is drawn twice within so much of its size is drawn once, as bold letters and shadows are made.
const SAME_PLACE: f64 = 0.1;
/// A text that the file tells stands for at most so many drawn letters each of its own; a word may be drawn with all its leaders.
const MOST_DRAWN: usize = 8;
/// Sizes of letters in points, beyond which their numbers mean nothing.
const SIZES: std::ops::Range<f64> = 0.01..10_000.0;

/// A letter, or several that are drawn as one, where it stands: in points, right and down.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// In reading order; a single space for any white space.
    pub text: String,
    /// Where it begins on its baseline.
    pub at: Point,
    /// Which way its line runs; of length 1.
    pub along: Vec2,
    /// How much of the line it takes.
    pub advance: f64,
    /// The size of its font.
    pub size: f64,
}

/// What a page shows.
#[derive(Default)]
pub(super) struct Sheet {
    /// In the order in which they are drawn.
    pub letters: Vec<Letter>,
    /// What people noted on it.
    pub notes: Vec<String>,
    /// How many letters could be read, and how many not.
    pub known: usize,
    pub unknown: usize,
    /// Whether it shows pictures or drawings.
    pub shows_picture: bool,
}

/// Letters for which the file tells a text of its own.
struct Spoken {
    text: String,
    /// How many parts were open before it.
    depth: usize,
    /// Letters there were before it.
    from: usize,
    /// Where it is drawn, should it have no letters.
    shape: Option<Rect>,
}

/// The device.
pub(super) struct Device<'d, 'a> {
    alphabet: &'d mut Alphabet<'a>,
    visible: Rect,
    sheet: Sheet,
    /// Marked parts that are open.
    depth: usize,
    spoken: Option<Spoken>,
    /// Where texts stand already, on a grid of [`SAME_PLACE`].
    drawn: HashMap<(String, i64, i64), ()>,
}

impl<'d, 'a> Device<'d, 'a> {
    /// A device for a page of this place.
    pub fn new(visible: Rect, alphabet: &'d mut Alphabet<'a>) -> Self {
        Self { alphabet, visible, sheet: Sheet::default(), depth: 0, spoken: None, drawn: HashMap::new() }
    }

    /// What was drawn.
    pub fn finished(mut self) -> Sheet {
        self.end_spoken();
        self.sheet
    }

    fn put(&mut self, letter: Letter) {
        // What stands outside of the page is for printers.
        let Rect { x0, y0, x1, y1 } = self.visible;
        let (x, y) = (x0 - letter.size..=x1 + letter.size, y0 - letter.size..=y1 + letter.size);
        if !(x.contains(&letter.at.x) && y.contains(&letter.at.y)) || self.is_there(&letter) {
            return;
        }
        self.sheet.letters.push(letter);
    }

    fn is_there(&mut self, letter: &Letter) -> bool {
        if letter.text == " " {
            return false;
        }
        let cell = (letter.size * SAME_PLACE).max(0.01);
        let (x, y) = ((letter.at.x / cell).round() as i64, (letter.at.y / cell).round() as i64);
        let near = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (x + dx, y + dy)));
        let mut key = (letter.text.clone(), 0, 0);
        for (x, y) in near {
            (key.1, key.2) = (x, y);
            if self.drawn.contains_key(&key) {
                return true;
            }
        }
        self.drawn.insert((key.0, x, y), ());
        false
    }

    /// Puts the text that the file tells in place of the letters drawn for it.
    fn end_spoken(&mut self) {
        let Some(Spoken { text, from, shape, .. }) = self.spoken.take() else { return };
        let drawn = self.sheet.letters.split_off(from.min(self.sheet.letters.len()));
        let text = super::alphabet::plain(&text);
        // Some files never end a part, or tell one word for a whole page.
        if drawn.len() > text.chars().count() * MOST_DRAWN + MOST_DRAWN {
            self.sheet.known += drawn.iter().filter(|letter| !letter.text.trim().is_empty()).count();
            self.sheet.letters.extend(drawn.into_iter().filter(|letter| !letter.text.is_empty()));
            return;
        }
        if text.is_empty() {
            return;
        }
        let letter = match (drawn.first(), shape) {
            (Some(first), _) => {
                let on_line = |letter: &&Letter| (letter.at - first.at).cross(first.along).abs() < first.size;
                let end = drawn.iter().filter(on_line).map(|letter| (letter.at - first.at).dot(first.along) + letter.advance);
                Letter { advance: end.fold(first.advance, f64::max), text, ..first.clone() }
            }
            (None, Some(shape)) => {
                let size = shape.height().clamp(1.0, 20.0);
                Letter { text, at: Point::new(shape.x0, shape.y1), along: Vec2::new(1.0, 0.0), advance: shape.width(), size }
            }
            (None, None) => return,
        };
        self.sheet.known += letter.text.chars().count();
        self.sheet.letters.push(letter);
    }

    fn shape(&mut self, shape: Rect) {
        self.sheet.shows_picture = true;
        if let Some(spoken) = &mut self.spoken {
            spoken.shape = Some(spoken.shape.map_or(shape, |before| before.union(shape)));
        }
    }
}

impl<'a> hayro_interpret::Device<'a> for Device<'_, 'a> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let is_vertical = run.writing_mode() == WritingMode::Vertical;
        let scales = Scales::of(run, props.transform);
        for glyph in run.glyphs() {
            let place = props.transform * glyph.transform();
            let Some((along, across)) = axes(place) else { continue };
            let width = match &**glyph {
                Glyph::Outline(glyph) => glyph.advance_width(),
                Glyph::Type3(glyph) => glyph.advance_width(),
            };
            let width = f64::from(width.unwrap_or(500.0)).clamp(-10_000.0, 10_000.0) / 1_000.0;
            let size = scales.size(across.hypot());
            if !SIZES.contains(&size) {
                continue;
            }
            let (along, advance) = if is_vertical {
                (-across.normalize(), size)
            } else {
                (along.normalize(), (width * scales.along(along.hypot(), across.hypot())).abs())
            };
            let text = self.alphabet.text_of(glyph);
            // What a spoken part draws is told by its text.
            if self.spoken.is_none() {
                match &text {
                    Some(text) if text.trim().is_empty() => {}
                    Some(_) => self.sheet.known += 1,
                    None => self.sheet.unknown += 1,
                }
            }
            // An unknown letter still takes its place, so that the words beside it stay apart.
            let text = text.unwrap_or_default();
            if self.spoken.is_some() || !text.is_empty() {
                self.put(Letter { text, at: place * Point::ZERO, along, advance, size });
            }
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let text = properties.and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText"));
        if let Some(text) = text.filter(|_| self.spoken.is_none()) {
            let text = super::alphabet::decoded(text.as_bytes());
            self.spoken = Some(Spoken { text, depth: self.depth, from: self.sheet.letters.len(), shape: None });
        }
        self.depth += 1;
    }

    fn end_marked_content(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.spoken.as_ref().is_some_and(|spoken| spoken.depth >= self.depth) {
            self.end_spoken();
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        self.shape(props.transform.transform_rect_bbox(path.control_box()));
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        self.shape(props.transform.transform_rect_bbox(size));
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Where a glyph's line runs, and up from it: the length of each is the size of the font that way. None where it has no size.
fn axes(place: Affine) -> Option<(Vec2, Vec2)> {
    let [a, b, c, d, ..] = place.as_coeffs();
    let (along, across) = (Vec2::new(a, b) * 1_000.0, Vec2::new(c, d) * 1_000.0);
    let is_sound = |axis: Vec2| axis.hypot().is_finite() && axis.hypot() > 1e-6;
    (is_sound(along) && is_sound(across)).then_some((along, across))
}

/// How the sizes of a run's glyphs are to be understood.
struct Scales {
    /// Whether its glyphs are stretched one by one, to the widths of a font that is not there: then their own width says nothing.
    is_stretched: bool,
    /// The size of the font, where it is not the one of its glyphs: drawn ones bring units of their own.
    drawn: Option<f64>,
}

impl Scales {
    fn of(run: &GlyphRun<'_, '_>, transform: Affine) -> Self {
        let mut widths = run.glyphs().iter().filter_map(|glyph| axes(transform * glyph.transform()).map(|(along, _)| along.hypot()));
        let first = widths.next().unwrap_or(0.0);
        let is_stretched = widths.any(|width| (width - first).abs() > first * 0.001);
        let drawn: Vec<f64> = run
            .glyphs()
            .iter()
            .filter_map(|glyph| match &**glyph {
                Glyph::Type3(drawn) => {
                    let (along, _) = axes(transform * glyph.transform())?;
                    Some(f64::from(drawn.advance_width()?).abs() / 1_000.0 * along.hypot())
                }
                Glyph::Outline(_) => None,
            })
            .filter(|advance| *advance > 0.0)
            .collect();
        // A letter is about half as wide as its font is high.
        let drawn = (!drawn.is_empty()).then(|| 2.0 * drawn.iter().sum::<f64>() / drawn.len() as f64);
        Self { is_stretched, drawn }
    }

    fn size(&self, told: f64) -> f64 {
        self.drawn.filter(|drawn| !(0.5..2.0).contains(&(told / drawn))).unwrap_or(told)
    }

    fn along(&self, along: f64, across: f64) -> f64 {
        if self.is_stretched { across } else { along }
    }
}
