//! Finding the numbers of a name that somebody gave, and judging them: where the hub may send, and where a new address is refused at once.
use std::{fmt, net::IpAddr, sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use url::{Host, Url};

use crate::base::{Code, Outbound, Result, refuse};

/// How long the numbers of a new address are waited for. What is not known by then is judged when it is sent to.
const PATIENCE: Duration = Duration::from_secs(3);

/// Finds the numbers of a name.
pub type Lookup = Arc<dyn Fn(String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> + Send + Sync>;

/// As the system does.
pub fn system() -> Lookup {
    Arc::new(|name| Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect()) }))
}

/// A name that leads where the hub does not send.
#[derive(Debug)]
pub struct Behind;

impl fmt::Display for Behind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The receiver's name leads to an address that this hub does not send to.")
    }
}

impl std::error::Error for Behind {}

/// The numbers of a name, where all of them may be reached: one that leads to both sides of the wall is as bad as one that leads behind it.
pub async fn numbers(
    outbound: &Outbound,
    lookup: &Lookup,
    is_plain: bool,
    name: String,
) -> std::io::Result<std::result::Result<Vec<IpAddr>, Behind>> {
    let found = lookup(name).await?;
    let admits = |ip: &IpAddr| if is_plain { outbound.names(*ip) } else { outbound.admits(*ip) };
    Ok(if found.iter().all(admits) { Ok(found) } else { Err(Behind) })
}

/// Refuses an address whose name leads where the hub does not send. A name that leads nowhere (yet) is not refused.
pub async fn check(outbound: &Outbound, lookup: &Lookup, url: &Url, path: &str) -> Result<()> {
    let Some(Host::Domain(name)) = url.host() else { return Ok(()) };
    let found = numbers(outbound, lookup, url.scheme() == "http", name.to_owned());
    match tokio::time::timeout(PATIENCE, found).await {
        Ok(Ok(Err(behind))) => refuse(Code::BadInput, path, behind.to_string()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: &'static [&'static str]) -> Lookup {
        Arc::new(move |_| Box::pin(async move { Ok(numbers.iter().map(|ip| ip.parse().unwrap()).collect()) }))
    }

    async fn is_let_through(outbound: &Outbound, found: &'static [&'static str], is_plain: bool) -> bool {
        numbers(outbound, &of(found), is_plain, "a.test".to_owned()).await.unwrap().is_ok()
    }

    #[tokio::test]
    async fn a_name_is_judged_by_all_that_it_resolves_to() {
        let none = Outbound::default();
        assert!(is_let_through(&none, &["93.184.215.14", "2606:2800:21f::1"], false).await);
        for behind in [&["10.0.0.1"][..], &["93.184.215.14", "127.0.0.1"], &["::ffff:169.254.169.254"], &["fd00:ec2::254"], &["0.0.0.0"]] {
            assert!(!is_let_through(&none, behind, false).await, "{behind:?}");
            let url = Url::parse("https://a.test/hook").unwrap();
            assert!(check(&none, &of(behind), &url, "input.url").await.is_err(), "{behind:?}");
        }
        let some = Outbound { networks: vec!["10.0.0.0/8".parse().unwrap()] };
        assert!(is_let_through(&some, &["10.0.0.1"], true).await);
        assert!(!is_let_through(&some, &["93.184.215.14"], true).await, "plain http stays within the named networks");
    }

    #[tokio::test]
    async fn a_name_that_leads_nowhere_yet_may_be_given() {
        let fails: Lookup = Arc::new(|_| Box::pin(async { Err(std::io::ErrorKind::NotFound.into()) }));
        let url = Url::parse("https://a.test/hook").unwrap();
        assert!(check(&Outbound::default(), &fails, &url, "").await.is_ok());
        assert!(check(&Outbound::default(), &of(&["93.184.215.14"]), &url, "").await.is_ok());
    }
}
