//! The directory at the end of a zip: the names of its parts, and the beginning of one of them.
//!
//! Read by hand and bounded, as it is read in the hub's own process: a directory may tell of a million parts, and a part may unpack
//! to anything.

use flate2::read::DeflateDecoder;
use std::io::{self, Read, Seek, SeekFrom};

/// The directory's end stands within so many bytes of the file's end: it can be followed by a comment.
const TAIL: u64 = (64 << 10) + 22;
/// A larger directory is not looked at.
const LARGEST: u64 = 4 << 20;

/// A part of a zip.
pub(super) struct Entry {
    pub name: Vec<u8>,
    method: u16,
    is_encrypted: bool,
    packed: u64,
    offset: u64,
}

/// The parts a zip has, by the directory at its end; none where there is no such directory, or one larger than any document's.
pub(super) fn entries(file: &mut (impl Read + Seek)) -> io::Result<Option<Vec<Entry>>> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail_at = length.saturating_sub(TAIL);
    let tail = piece(file, tail_at, TAIL)?;
    let Some(end) = (0..tail.len().saturating_sub(21)).rev().find(|at| tail[*at..].starts_with(b"PK\x05\x06")) else {
        return Ok(None);
    };
    let (size, offset) = (number(&tail, end + 12, 4), number(&tail, end + 16, 4));
    // Bytes may stand before the zip: the directory ends where its end begins.
    let begin = (tail_at + end as u64).checked_sub(size).filter(|begin| *begin >= offset);
    let Some(begin) = begin.filter(|_| size <= LARGEST) else { return Ok(None) };
    let directory = piece(file, begin, size)?;
    let (mut found, mut at) = (Vec::new(), 0);
    while directory.get(at..).is_some_and(|rest| rest.len() >= 46 && rest.starts_with(b"PK\x01\x02")) {
        let name_length = number(&directory, at + 28, 2) as usize;
        let Some(name) = directory.get(at + 46..at + 46 + name_length) else { break };
        found.push(Entry {
            name: name.to_owned(),
            is_encrypted: number(&directory, at + 8, 2) & 1 == 1,
            method: number(&directory, at + 10, 2) as u16,
            packed: number(&directory, at + 20, 4),
            offset: begin - offset + number(&directory, at + 42, 4),
        });
        at += 46 + name_length + (number(&directory, at + 30, 2) + number(&directory, at + 32, 2)) as usize;
    }
    Ok((!found.is_empty()).then_some(found))
}

/// At most `most` bytes of a part; empty where it can't be unpacked.
pub(super) fn beginning(file: &mut (impl Read + Seek), entry: &Entry, most: u64) -> io::Result<Vec<u8>> {
    let header = piece(file, entry.offset, 30)?;
    let mut content = Vec::new();
    if entry.is_encrypted || !header.starts_with(b"PK\x03\x04") {
        return Ok(content);
    }
    file.seek(SeekFrom::Start(entry.offset + 30 + number(&header, 26, 2) + number(&header, 28, 2)))?;
    let packed = file.take(entry.packed);
    // What is damaged gives what stands before the damage.
    let _ = match entry.method {
        0 => packed.take(most).read_to_end(&mut content),
        8 => DeflateDecoder::new(packed).take(most).read_to_end(&mut content),
        _ => Ok(0),
    };
    Ok(content)
}

fn piece(file: &mut (impl Read + Seek), at: u64, length: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A number of so many bytes, the lowest first; 0 beyond the end.
pub(super) fn number(bytes: &[u8], at: usize, width: usize) -> u64 {
    bytes.get(at..at + width).map_or(0, |bytes| bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}
