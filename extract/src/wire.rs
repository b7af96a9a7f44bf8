//! What the child tells its parent: frames of one tag byte, four bytes of length (little-endian), a body.
//!
//! `P` one page of text · `U` a page that shows letters of which none could be read · `I` a page that shows pictures and no letters (both
//! with an empty body) · `E` the end: a byte that is 1 when text was left out, then the encoding of a text file, if it is one · `F` no
//! text, a code and a sentence.

use super::{Extraction, NoText};
use std::io::{self, Write};
use tokio::io::{AsyncRead, AsyncReadExt};

/// Most pages of one document; later ones are left out.
pub(super) const MAX_PAGES: usize = 10_000;
/// Longest body of a frame that is not a page.
const MAX_SENTENCE: usize = 1_024;

/// The child's side: sends pages, counts what room is left.
pub(super) struct Pages<W> {
    to: W,
    room: usize,
    sent: usize,
    has_text: bool,
    truncated: bool,
    encoding: &'static str,
}

impl<W: Write> Pages<W> {
    /// Pages with room for `room` bytes of text in all.
    pub fn new(to: W, room: usize) -> Self {
        Self { to, room, sent: 0, has_text: false, truncated: false, encoding: "" }
    }

    /// Bytes of text that may still be sent.
    pub fn room(&self) -> usize {
        self.room
    }

    /// True when nothing more will be taken.
    pub fn is_full(&self) -> bool {
        self.room == 0 || self.sent == MAX_PAGES
    }

    /// True when a page with text was sent.
    pub fn has_text(&self) -> bool {
        self.has_text
    }

    /// Notes that some text is missing.
    pub fn truncate(&mut self) {
        self.truncated = true;
    }

    /// Notes in which encoding a text file is read.
    pub fn read_as(&mut self, encoding: &'static str) {
        self.encoding = encoding;
    }

    /// Sends one page; `truncated` says that it isn't all of the page.
    pub fn send(&mut self, (text, truncated): (String, bool)) -> Result<(), NoText> {
        self.truncated |= truncated;
        if self.sent == MAX_PAGES || text.len() > self.room {
            self.truncated = true;
            return Ok(());
        }
        self.room -= text.len();
        self.has_text |= !text.is_empty();
        self.page(b'P', &text)
    }

    /// Sends a page that shows letters of which none could be read.
    pub fn send_unread(&mut self) -> Result<(), NoText> {
        self.page(b'U', "")
    }

    /// Sends a page that shows pictures and no letters.
    pub fn send_picture(&mut self) -> Result<(), NoText> {
        self.page(b'I', "")
    }

    fn page(&mut self, tag: u8, text: &str) -> Result<(), NoText> {
        if self.sent == MAX_PAGES {
            self.truncated = true;
            return Ok(());
        }
        self.sent += 1;
        frame(&mut self.to, tag, text.as_bytes()).map_err(|gone| NoText::NotRun(gone.to_string()))
    }

    /// Sends how it ended.
    pub fn finish(mut self, outcome: Result<(), NoText>) -> io::Result<()> {
        match outcome {
            Ok(()) => frame(&mut self.to, b'E', &[&[u8::from(self.truncated)], self.encoding.as_bytes()].concat()),
            Err(why) => {
                let (NoText::Broken(sentence) | NoText::NotRun(sentence)) = &why else {
                    return frame(&mut self.to, b'F', why.code().as_bytes());
                };
                frame(&mut self.to, b'F', format!("{} {sentence}", why.code()).as_bytes())
            }
        }
    }
}

fn frame(to: &mut impl Write, tag: u8, body: &[u8]) -> io::Result<()> {
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    to.write_all(&[&[tag], length.to_le_bytes().as_slice(), body].concat())?;
    to.flush()
}

/// The parent's side: reads frames into `got` until the child says how it ended. An error means that
/// the stream stopped or is not one of ours; what came before it stays in `got`.
pub(super) async fn receive(from: &mut (impl AsyncRead + Unpin), room: usize, got: &mut Extraction) -> io::Result<Result<(), NoText>> {
    let mut room = room;
    loop {
        let tag = from.read_u8().await?;
        let length = from.read_u32_le().await? as usize;
        if length > if tag == b'P' { room } else { MAX_SENTENCE } || got.pages.len() > MAX_PAGES {
            return Err(io::Error::other("a frame is too long"));
        }
        let mut body = vec![0; length];
        from.read_exact(&mut body).await?;
        let body = String::from_utf8(body).map_err(io::Error::other)?;
        match tag {
            b'P' => {
                room -= length;
                got.pages.push(body);
            }
            b'U' => {
                got.unread_pages += 1;
                got.pages.push(String::new());
            }
            b'I' => {
                got.picture_pages += 1;
                got.pages.push(String::new());
            }
            b'E' => {
                let (truncated, encoding) = body.split_at_checked(1).ok_or_else(|| io::Error::other("an end that says nothing"))?;
                got.truncated = truncated != "\0";
                got.encoding = (!encoding.is_empty()).then(|| encoding.to_owned());
                return Ok(Ok(()));
            }
            b'F' => return Ok(Err(reason(&body))),
            _ => return Err(io::Error::other("an unknown frame")),
        }
    }
}

fn reason(body: &str) -> NoText {
    let (code, sentence) = body.split_once(' ').unwrap_or((body, ""));
    match code {
        "UNSUPPORTED" => NoText::Unsupported,
        "LOCKED" => NoText::Locked,
        "TOO_LARGE" => NoText::TooLarge,
        "TOO_LONG" => NoText::TooLong,
        "NOT_RUN" => NoText::NotRun(sentence.to_owned()),
        _ => NoText::broken(sentence),
    }
}
