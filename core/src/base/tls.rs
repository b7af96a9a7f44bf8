//! By which ciphers TLS is spoken: said once for the process.

/// Has whoever builds a TLS client after this use `ring`, unless the process was told otherwise before.
pub fn provide_ciphers() {
    // An error says that it was told: by an earlier call, which said the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
