//! One long true story a file.
mod clients;
mod document;
mod events;
mod export;
mod feeds;
mod finding;
mod following;
mod index;
mod many;
mod pairing;
mod person;
mod power;
mod practice;
mod seminar;
mod standing;
