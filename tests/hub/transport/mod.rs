//! The transport against a toy schema, over real sockets: each rule of each protocol, each hostile request.

mod kit;

mod compression;
mod hostile;
mod http;
mod serving;
mod sse;
mod toy;
mod upload;
mod ws;

mod clients;
