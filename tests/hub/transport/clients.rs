//! The real clients of the protocols, against the toy schema.
use crate::{
    kit::clients::{installed, pass},
    transport::kit::Hub,
};

#[tokio::test(flavor = "multi_thread")]
async fn real_clients_of_the_protocols_are_content() {
    if installed() {
        let hub = Hub::at("127.0.0.1:0", |_| {}).await;
        pass("protocols", &[("HANSA_URL", &hub.url("")), ("HANSA_OPERATIONS", "toy")]).await;
    }
}
