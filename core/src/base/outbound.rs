//! Where the hub may send requests that people ask for: the public internet by https, and what the operator names.
//!
//! An address that somebody gives is not to be trusted: it may name a machine behind the hub's own walls. So what an address may be is
//! decided here, once on its text and once more on the numbers that its name resolves to, which whoever connects must then use.
//!
//! Invariant: plain http goes to named networks only, where the operator knows who listens on the way.
use std::net::IpAddr;

use ipnet::IpNet;
use url::{Host, Url};

use super::{Code, Result, refuse, refuse_if};

/// Letters of an address at the most.
const LONGEST: usize = 2_000;

/// IPv4 that is not the public internet, by IANA's registry of special-purpose addresses; the last is where one cloud keeps its secrets.
const SPECIAL_V4: [&str; 16] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "168.63.129.16/32",
];
/// Of IPv6 only this is handed out to the public internet …
const GLOBAL_V6: &str = "2000::/3";
/// … and of it not these: protocols (Teredo among them), examples, and 6to4, in which any IPv4 may hide.
const SPECIAL_V6: [&str; 4] = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

/// What may be reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outbound {
    /// Networks that may be reached beside the public internet.
    pub networks: Vec<IpNet>,
}

fn within(ip: IpAddr, networks: &[&str]) -> bool {
    // What does not parse would be found by the test of the lists below.
    networks.iter().filter_map(|network| network.parse::<IpNet>().ok()).any(|network| network.contains(&ip))
}

/// Whether an address is one of the public internet.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(_) => !within(ip, &SPECIAL_V4),
        IpAddr::V6(_) => within(ip, &[GLOBAL_V6]) && !within(ip, &SPECIAL_V6),
    }
}

impl Outbound {
    /// Whether an address is in a network that the operator named.
    pub fn names(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.networks.iter().any(|network| network.contains(&ip))
    }

    /// Whether an address may be reached by https. One of IPv4 in the clothes of IPv6 is judged as what it is.
    pub fn admits(&self, ip: IpAddr) -> bool {
        is_public(ip.to_canonical()) || self.names(ip)
    }

    /// Reads an address, of which everything but its name's numbers is judged now. Numbers in octal, decimal or hexadecimal are numbers
    /// like others (the URL Standard reads them as browsers do).
    pub fn read(&self, text: &str, path: &str) -> Result<Url> {
        refuse_if(text.len() > LONGEST, Code::TooLong, path, "An address has at most 2,000 letters.")?;
        let Ok(url) = Url::parse(text.trim()) else {
            return refuse(Code::BadInput, path, "This is not an address such as “https://example.org/hooks/hansa”.");
        };
        let is_plain = url.scheme() == "http" && !self.networks.is_empty();
        refuse_if(url.scheme() != "https" && !is_plain, Code::BadInput, path, "The address must begin with https://.")?;
        let has_more = !url.username().is_empty() || url.password().is_some() || url.fragment().is_some();
        refuse_if(
            has_more,
            Code::BadInput,
            path,
            "The address must have no user name, no password and no fragment; what is sent is signed.",
        )?;
        let ip = match url.host() {
            Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
            Some(Host::Domain(_)) => None,
            None => return refuse(Code::BadInput, path, "The address names no host."),
        };
        if let Some(ip) = ip {
            let is_admitted = if url.scheme() == "https" { self.admits(ip) } else { self.names(ip) };
            refuse_if(!is_admitted, Code::BadInput, path, "The address lies in a network that this hub does not send to.")?;
        }
        let port = url.port_or_known_default().unwrap_or(0);
        let is_usual = port >= 1024 || port == 443 || ip.is_some_and(|ip| self.names(ip)) || (port == 80 && url.scheme() == "http");
        refuse_if(!is_usual, Code::BadInput, path, "The port must be 443, or 1024 or above: below are other services' ports.")?;
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_networks() {
        for network in SPECIAL_V4.iter().chain(&SPECIAL_V6).chain(&[GLOBAL_V6]) {
            assert!(network.parse::<IpNet>().is_ok(), "{network}");
        }
    }

    #[test]
    fn what_is_not_the_public_internet_is_refused_in_every_spelling() {
        let none = Outbound::default();
        for bad in [
            "http://example.org/",
            "ftp://example.org/",
            "https://user@example.org/",
            "https://:secret@example.org/",
            "https://example.org/#here",
            "https://example.org:25/",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.0.0.1/",
            "https://0177.0.0.1/",
            "https://10.1.2.3/",
            "https://100.64.0.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://172.31.255.255/",
            "https://192.168.1.1/",
            "https://0.0.0.0/",
            "https://255.255.255.255/",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:a00:1]/",
            "https://[fe80::1]/",
            "https://[fd00:ec2::254]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[2002:7f00:1::]/",
            "https://[2001:0:1::]/",
            "https://168.63.129.16/",
            "https://",
            "not an address",
        ] {
            assert!(none.read(bad, "").is_err(), "{bad}");
        }
        for good in ["https://example.org/a?b=c", "https://example.org:8443/", "https://93.184.215.14/", "https://[2606:2800:21f::1]/"] {
            assert!(none.read(good, "").is_ok(), "{good}");
        }
    }

    #[test]
    fn a_named_network_is_reached_in_every_spelling_and_no_other() {
        let some = Outbound { networks: vec!["127.0.0.0/8".parse().unwrap(), "fd00:1::/32".parse().unwrap()] };
        for good in [
            "http://127.0.0.1:80/",
            "https://127.0.0.1/",
            "http://[::ffff:127.0.0.1]:9/",
            "https://[fd00:1::9]:1/",
            "http://receiver.test/",
        ] {
            assert!(some.read(good, "").is_ok(), "{good}");
        }
        for bad in ["https://10.0.0.1/", "http://93.184.215.14/", "https://[fd00:2::9]/"] {
            assert!(some.read(bad, "").is_err(), "{bad}");
        }
    }
}
