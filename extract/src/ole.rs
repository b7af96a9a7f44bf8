//! OLE files: the old formats of office programs, which are not read, and what protects their new ones by a password.

use super::NoText;
use std::fs::File;
use std::io::Read;

/// Bytes of an entry of an OLE directory; entries stand at whole multiples of it.
const ENTRY: usize = 128;
/// The entry that holds a document of which all is encrypted.
const ENCRYPTED: &str = "EncryptedPackage";

/// Tells a document with a password from what is not read.
pub(super) fn read(mut file: File) -> Result<(), NoText> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| NoText::NotRun(error.to_string()))?;
    let name: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
    Err(if bytes.chunks(ENTRY).any(|entry| entry.starts_with(&name)) { NoText::Locked } else { NoText::Unsupported })
}
