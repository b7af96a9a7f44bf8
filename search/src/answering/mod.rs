//! What the index can be asked, each from the request to the response: [a search](search), [a completion](suggest) of what is being typed, with `phrase_completion`,
//! and [similar documents](similar).

mod phrase_completion;
mod search;
mod similar;
mod suggest;

pub use search::search;
pub use similar::similar;
pub use suggest::suggest;
