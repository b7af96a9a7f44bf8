//! What clients are promised, as the transport reads it: the SDL, and what limits and validation need to know of it.
use std::sync::Arc;

use super::{shape::Shape, validation::Rules};

/// An SDL that was read. Reading one takes longer than everything else a server does at its start, so all servers of a process that serve the same schema share it.
pub struct Contract {
    sdl: Arc<str>,
    pub(super) shape: Shape,
    pub(super) rules: Rules,
}

impl Contract {
    /// Reads an SDL; a sentence tells why it can't be read.
    pub fn read(sdl: impl Into<Arc<str>>) -> Result<Arc<Self>, String> {
        let sdl = sdl.into();
        let shape = Shape::read(&sdl).map_err(|error| error.to_string())?;
        let rules = Rules::read(&sdl)?;
        Ok(Arc::new(Self { sdl, shape, rules }))
    }

    /// The SDL.
    pub const fn sdl(&self) -> &Arc<str> {
        &self.sdl
    }
}
