//! EPUB: the chapters in their reading order, a page each.

use super::package::{Package, attribute, resolved};
use super::wire::Pages;
use super::{Limits, NoText, decode, html, lines::Lines};
use percent_encoding::percent_decode_str;
use std::collections::HashMap;
use std::fs::File;
use std::io::Write;

const CONTAINER: &str = "META-INF/container.xml";
const ENCRYPTION: &str = "META-INF/encryption.xml";

/// Chapters are XHTML, or SVG, which has text too.
pub(super) fn read(file: File, limits: &Limits, pages: &mut Pages<impl Write>) -> Result<(), NoText> {
    let mut package = Package::open(file, limits.unpacked_bytes)?;
    let mut root = None;
    package.tags(CONTAINER, |tag| {
        if tag.local_name().as_ref() == "rootfile" && root.is_none() {
            root = attribute(tag, "full-path");
        }
    })?;
    let root = root.or_else(|| package.find("", ".opf")).ok_or_else(|| NoText::broken("the book has no list of its parts"))?;
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (mut parts, mut order) = (HashMap::new(), Vec::new());
    package.tags(&root, |tag| match tag.local_name().as_ref() {
        "item" => {
            if let (Some(id), Some(href)) = (attribute(tag, "id"), attribute(tag, "href")) {
                let href = percent_decode_str(href.split('#').next().unwrap_or_default()).decode_utf8_lossy().into_owned();
                parts.insert(id, resolved(folder, &href));
            }
        }
        "itemref" => order.extend(attribute(tag, "idref")),
        _ => {}
    })?;
    // Fonts may be scrambled; a book whose chapters are is locked.
    let mut scrambled = Vec::new();
    package.tags(ENCRYPTION, |tag| {
        if tag.local_name().as_ref() == "CipherReference" {
            scrambled.extend(attribute(tag, "URI").map(|uri| percent_decode_str(&uri).decode_utf8_lossy().into_owned()));
        }
    })?;
    let chapters: Vec<&String> = order.iter().filter_map(|id| parts.get(id)).collect();
    if chapters.iter().any(|chapter| scrambled.contains(chapter)) {
        return Err(NoText::Locked);
    }
    for chapter in chapters {
        if pages.is_full() {
            pages.truncate();
            break;
        }
        let Some(bytes) = package.read(chapter)? else { continue };
        let mut lines = Lines::new(pages.room());
        html::strip(&decode::text(&bytes).0, &mut lines);
        pages.send(lines.take())?;
    }
    Ok(())
}
