//! A bucket: a real S3 server on a port of its own, which goes away and comes back when it is told to.
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use hansa::files::Files;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use s3s::{
    auth::SimpleAuth,
    service::{S3Service, S3ServiceBuilder},
};
use s3s_fs::FileSystem;
use tokio::{
    net::TcpListener,
    task::{JoinHandle, JoinSet},
};

const KEY: &str = "KEYOFTHEHUB";
const SECRET: &str = "secret-of-the-hub";
const NAME: &str = "documents";

/// The server, with one bucket.
pub struct Bucket {
    folder: tempfile::TempDir,
    address: SocketAddr,
    service: S3Service,
    running: Option<JoinHandle<()>>,
}

impl Bucket {
    /// Starts it.
    pub async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join(NAME)).expect("a bucket");
        let mut builder = S3ServiceBuilder::new(FileSystem::new(folder.path()).expect("a file system"));
        builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let service = builder.build();
        let running = Some(serve(listener, service.clone()));
        Self { folder, address, service, running }
    }

    /// The setting that leads to it, with a prefix.
    pub fn url(&self) -> String {
        format!("s3://{NAME}/of/hub")
    }

    /// The variables of the environment that it is reached by.
    pub fn variables(&self) -> Vec<(String, String)> {
        self.variables_with(SECRET)
    }

    /// The same with another secret.
    pub fn variables_with(&self, secret: &str) -> Vec<(String, String)> {
        let endpoint = format!("http://{}", self.address);
        let variables = [
            ("AWS_ACCESS_KEY_ID", KEY),
            ("AWS_SECRET_ACCESS_KEY", secret),
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ENDPOINT", &endpoint),
            ("AWS_ALLOW_HTTP", "true"),
        ];
        variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
    }

    /// The store of documents in it.
    pub fn files(&self, data_dir: &Path) -> Files {
        Files::open_with(&self.url(), data_dir, self.variables()).expect("the bucket opens")
    }

    /// Where the server keeps what it has.
    pub fn root(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Cuts its connections and listens no more.
    pub async fn go_away(&mut self) {
        let running = self.running.take().expect("it is there");
        running.abort();
        drop(running.await);
    }

    /// Listens again where it did.
    pub async fn come_back(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("its port is free");
        self.running = Some(serve(listener, self.service.clone()));
    }

    /// Takes connections and never answers.
    pub async fn fall_silent(&mut self) {
        self.go_away().await;
        let listener = TcpListener::bind(self.address).await.expect("its port is free");
        self.running = Some(tokio::spawn(async move {
            let mut held = Vec::new();
            while let Ok(connection) = listener.accept().await {
                held.push(connection);
            }
        }));
    }
}

fn serve(listener: TcpListener, service: S3Service) -> JoinHandle<()> {
    tokio::spawn(async move {
        // They end with the one who took them.
        let mut connections = JoinSet::new();
        while let Ok((socket, _)) = listener.accept().await {
            connections.spawn(http1::Builder::new().serve_connection(TokioIo::new(socket), service.clone()));
        }
    })
}
