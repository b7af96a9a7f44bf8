//! Who is let in: from a credential to the viewer and the data each of their operations carries.
use std::sync::Arc;

use futures_util::future::BoxFuture;
use poem::{Request, http::header};

use crate::{
    access::Viewer,
    base::{Ambient, Language},
    domain::person,
    relay::Scope,
    store::{Db, Reader},
    transport::{Admission, Denied, Gate, RequestHead, bearer},
};

/// The hub's doorkeeper. Cheap to clone.
#[derive(Clone)]
pub struct HubGate {
    db: Db,
    hub: Reader,
    ambient: Arc<dyn Ambient>,
    public: Arc<Viewer>,
}

impl HubGate {
    /// A gate that reads tokens from this database.
    pub fn new(db: Db, ambient: Arc<dyn Ambient>) -> Self {
        Self { hub: Reader::hub(db.clone()), db, ambient, public: Arc::new(Viewer::public()) }
    }

    /// The viewer a credential stands for; the public where there is none.
    pub async fn viewer(&self, credential: Option<&str>) -> crate::base::Result<Option<Arc<Viewer>>> {
        let Some(secret) = credential else { return Ok(Some(self.public.clone())) };
        let viewer = person::viewer_of(&self.hub, &person::digest(secret), self.ambient.now()).await?;
        Ok(viewer.map(Arc::new))
    }

    /// The database, for what reads as a viewer outside the graph.
    pub const fn db(&self) -> &Db {
        &self.db
    }
}

/// The credential of a request outside the graph; none where it has none.
pub(super) fn credential(request: &Request) -> Result<Option<&str>, Denied> {
    bearer(request.headers().get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or_default()))
}

/// Lets a viewer in: what each of their operations carries.
pub(super) fn admission(db: Db, viewer: Arc<Viewer>, languages: Arc<[Language]>) -> Admission {
    Admission::new(move |request| request.data(Scope::new(Reader::new(db.clone(), viewer.clone()), languages.clone())))
}

impl Gate for HubGate {
    fn admit<'a>(&'a self, credential: Option<&'a str>, head: &'a RequestHead) -> BoxFuture<'a, Result<Admission, Denied>> {
        Box::pin(async move {
            let viewer = match self.viewer(credential).await {
                Ok(Some(viewer)) => viewer,
                Ok(None) => {
                    return Err(Denied::credential(
                        "The credential is unknown, revoked or has expired. Send a valid token, or none to be the public.",
                    ));
                }
                Err(error) => {
                    tracing::error!(request_id = &*head.request_id, cause = error.told(), "a credential could not be checked");
                    return Err(Denied::fault(&head.request_id));
                }
            };
            let languages: Arc<[Language]> = head.header("accept-language").map(Language::accepted).unwrap_or_default().into();
            Ok(admission(self.db.clone(), viewer, languages))
        })
    }
}
