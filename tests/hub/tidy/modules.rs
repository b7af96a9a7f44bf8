//! The modules of a source tree, read from its text: which file uses what another one defines, however the path is written.
//!
//! Seen are `use` with groups and aliases, paths in code, `crate::`, `self::` and `super::`, and names that a title page hands on by `pub use`.
//! Tests may look anywhere, and comments name what they like: both are left out.
use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
};

/// The names of a module and of those above it; none for the crate itself.
pub type ModulePath = Vec<String>;

#[derive(Default)]
struct Module {
    code: String,
    /// What it hands on: the name by which it does, and the path to what it is.
    exports: HashMap<String, ModulePath>,
    /// Whether it is the title page of a folder.
    is_folder: bool,
}

/// A use of one file's item in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    pub from: ModulePath,
    /// The file that defines it.
    pub to: ModulePath,
    pub written: String,
}

/// All modules with the files they stand in.
pub struct Modules(BTreeMap<ModulePath, Module>);

impl Modules {
    /// Reads files by their path below the crate's root.
    pub fn read(files: impl IntoIterator<Item = (PathBuf, String)>) -> Self {
        let mut modules = Self(BTreeMap::new());
        for (path, text) in files {
            let mut names: ModulePath = path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
            if names.iter().any(|name| name == "tests" || name == "main") {
                continue;
            }
            let is_folder = names.pop_if(|last| last == "mod" || last == "lib").is_some();
            modules.0.insert(names, Module { code: code(&text), is_folder, exports: HashMap::new() });
        }
        let exports: Vec<(ModulePath, HashMap<String, ModulePath>)> =
            modules.0.iter().map(|(own, module)| (own.clone(), modules.exports(own, module))).collect();
        for (own, exports) in exports {
            modules.0.entry(own).or_default().exports = exports;
        }
        modules
    }

    /// The modules directly below one.
    pub fn children(&self, of: &[String]) -> impl Iterator<Item = &ModulePath> {
        self.0.keys().filter(move |path| path.len() == of.len() + 1 && path.starts_with(of))
    }

    /// The modules that are folders, at and below one.
    pub fn folders(&self, below: &[String]) -> impl Iterator<Item = &ModulePath> {
        self.0.iter().filter(move |(path, module)| module.is_folder && path.starts_with(below)).map(|(path, _)| path)
    }

    pub fn is_folder(&self, path: &[String]) -> bool {
        self.0.get(path).is_some_and(|module| module.is_folder)
    }

    /// Every use of another file's item; what a title page hands on is none.
    pub fn uses(&self) -> Vec<Use> {
        let mut found = Vec::new();
        for (own, module) in &self.0 {
            let statements = statements(&module.code);
            let imported = statements.iter().filter(|(is_export, _)| !is_export).flat_map(|(_, tree)| flat(tree)).map(|(path, _)| path);
            for path in imported.chain(inline(&module.code)) {
                if let Some(to) = self.absolute(own, &path).map(|path| self.defining(&path, 0)).filter(|to| to != own) {
                    found.push(Use { from: own.clone(), to, written: path.join("::") });
                }
            }
        }
        found
    }

    fn exports(&self, own: &ModulePath, module: &Module) -> HashMap<String, ModulePath> {
        let exported = statements(&module.code).into_iter().filter(|(is_export, _)| *is_export).flat_map(|(_, tree)| flat(&tree));
        exported.filter_map(|(path, name)| Some((name, self.absolute(own, &path)?))).collect()
    }

    /// A path from the crate's root on; none where it leads to another crate.
    fn absolute(&self, own: &ModulePath, path: &[String]) -> Option<ModulePath> {
        let mut base = match path.first()?.as_str() {
            "crate" => Vec::new(),
            "self" | "super" => own.clone(),
            child => {
                let is_child = self.0.contains_key(&[own.as_slice(), &[child.to_owned()]].concat());
                return is_child.then(|| [own.as_slice(), path].concat());
            }
        };
        let ups = path.iter().take_while(|part| *part == "super").count();
        base.truncate(base.len().checked_sub(ups)?);
        base.extend(path.iter().skip(ups.max(1)).filter(|part| *part != "self").cloned());
        Some(base)
    }

    /// The file that defines what a path names.
    fn defining(&self, path: &[String], depth: usize) -> ModulePath {
        let mut at = ModulePath::new();
        for (nth, name) in path.iter().enumerate() {
            let next = [at.as_slice(), std::slice::from_ref(name)].concat();
            if self.0.contains_key(&next) {
                at = next;
                continue;
            }
            let handed_on = self.0.get(&at).and_then(|module| module.exports.get(name)).filter(|_| depth < 9);
            return handed_on.map_or(at, |other| self.defining(&[other.as_slice(), &path[nth + 1..]].concat(), depth + 1));
        }
        at
    }
}

/// The text without comments and tests.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            let indent = &line[..line.len() - line.trim_start().len()];
            let item = lines.by_ref().find(|line| !line.trim_start().starts_with("#["));
            if item.is_some_and(|item| !item.ends_with([';', '}'])) {
                let end = format!("{indent}}}");
                lines.by_ref().find(|line| *line == end);
            }
        } else if !line.trim_start().starts_with("//") {
            code.push_str(line.split(" // ").next().unwrap_or_default());
            code.push('\n');
        }
    }
    code
}

/// The trees of `use` statements, and whether each hands on what it names.
fn statements(code: &str) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let before = code[..at].rsplit('\n').next().unwrap_or_default().trim();
        let is_export = before.starts_with("pub");
        if (before.is_empty() || is_export) && !before.contains("use ") {
            let tree: String = code[at + "use ".len()..].chars().take_while(|c| *c != ';').collect();
            found.push((is_export, tree));
        }
    }
    found
}

/// The paths of a tree, each with the name that it is given.
fn flat(tree: &str) -> Vec<(ModulePath, String)> {
    let tree = tree.trim();
    let Some((before, group)) = tree.split_once('{') else {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, tree));
        let path: ModulePath = path.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
        let named = path.iter().rfind(|part| *part != "self").cloned().unwrap_or_default();
        return vec![(path, if name == tree { named } else { name.trim().to_owned() })];
    };
    let mut depth = 0;
    let parts = group[..group.rfind('}').unwrap_or(group.len())].split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    parts.filter(|part| !part.trim().is_empty()).flat_map(|part| flat(&format!("{before}{}", part.trim()))).collect()
}

/// The paths in code that begin at the crate, at the module or above it.
fn inline(code: &str) -> Vec<ModulePath> {
    let mut found = Vec::new();
    for begin in ["crate::", "self::", "super::"] {
        for (at, _) in code.match_indices(begin) {
            let line = code[..at].rsplit('\n').next().unwrap_or_default();
            // Not the rest of a longer path, and not who may see an item.
            let is_whole = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') && !code[..at].ends_with("(in ");
            // Nor a line of a use in several, which is read as one.
            let is_path = !code[at + begin.len()..].starts_with('{');
            if is_whole && is_path && !line.contains("use ") {
                let path: String = code[at..].chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
                found.push(path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect());
            }
        }
    }
    found
}

#[test]
fn every_way_to_write_a_path_is_seen() {
    let file = |path: &str, text: &str| (Path::new(path).to_owned(), text.to_owned());
    let modules = Modules::read([
        file("lib.rs", "pub mod a;"),
        file("a/mod.rs", "mod left;\nmod right;\n#[cfg(test)]\nmod tests;\npub use right::{Right as Face, deep::Deep};"),
        file(
            "a/left.rs",
            "use super::{\n    right::{self, Right},\n    Face,\n};\n// use super::right::Comment;\nfn f(_: crate::a::Deep, _: &super::right::Right) {}",
        ),
        file(
            "a/right/mod.rs",
            "pub mod deep;\npub struct Right;\n#[cfg(test)]\nmod tests {\n    use super::super::left::Left;\n}\nuse std::fmt;",
        ),
        file("a/right/deep.rs", "fn g() -> super::super::left::Left { self::h() }"),
        file("a/tests/all.rs", "use super::left::Left;"),
    ]);
    let told: Vec<String> = modules.uses().iter().map(|found| format!("{} > {}", found.from.join("/"), found.to.join("/"))).collect();
    let (right, deep) = ("a/left > a/right", "a/left > a/right/deep");
    assert_eq!(told, [right, right, right, deep, right, "a/right/deep > a/left"]);
}
