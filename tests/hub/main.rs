//! The only integration binary: everything speaks to a real hub through its public surface.
mod execution;
mod extract;
mod kit;
mod laws;
mod matrix;
mod ops;
mod sdl;
mod stories;
mod tidy;
mod transport;
mod write_matrix;
