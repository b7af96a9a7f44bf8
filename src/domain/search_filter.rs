//! What a search may be confined to, asked at once or kept.
use async_graphql::{Enum, ID, InputObject};

use super::{city::City, goal::Goal, programme::Programme, theme::Theme};
use crate::{
    base::{Code, Kind, refuse, text::snake},
    kernel::country::Country,
    relay::{LanguageTag, refs},
    search::{self, Filter, Point},
    store::Reader,
};

/// The kinds that are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SearchKind {
    /// What cities made of practices of others.
    Adoption,
    /// Agendas.
    Agenda,
    /// Agreements of pairings.
    Agreement,
    /// Announcements.
    Announcement,
    /// Applications to calls.
    Application,
    /// Building blocks of practices.
    BuildingBlock,
    /// Calls.
    Call,
    /// Cities.
    City,
    /// Contact points.
    ContactPoint,
    /// Documents.
    Document,
    /// Frequently asked questions.
    Faq,
    /// Goals and targets.
    Goal,
    /// What organisations take part in.
    Involvement,
    /// Organisations.
    Organisation,
    /// Pairings.
    Pairing,
    /// Practices.
    Practice,
    /// Programmes.
    Programme,
    /// Seminars.
    Seminar,
    /// Themes.
    Theme,
}

impl SearchKind {
    fn word(self) -> String {
        snake(&format!("{self:?}"))
    }
}

/// A circle on Earth.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct SearchNear {
    /// North of the equator in degrees, -90 to 90.
    pub latitude: f64,
    /// East of Greenwich in degrees, -180 to 180.
    pub longitude: f64,
    /// Radius in kilometres along the surface.
    pub kilometres: f64,
}

/// What a hit must have. A list means any of; fields together mean all of.
#[derive(Clone, Debug, Default, InputObject)]
pub struct SearchFilter {
    /// Of these kinds.
    pub kinds: Option<Vec<SearchKind>>,
    /// Under these themes or anything below them, by id or slug.
    pub themes: Option<Vec<ID>>,
    /// Serving these goals or anything below them, by id or slug.
    pub goals: Option<Vec<ID>>,
    /// In these countries, by ISO 3166-1 two-letter code.
    pub countries: Option<Vec<String>>,
    /// Of these cities, by id or slug.
    pub cities: Option<Vec<ID>>,
    /// Of these programmes, by id or slug.
    pub programmes: Option<Vec<ID>>,
    /// With a text in these languages.
    pub languages: Option<Vec<LanguageTag>>,
    /// Of these years.
    pub years: Option<Vec<i64>>,
    /// Within this circle.
    pub near: Option<SearchNear>,
}

impl SearchFilter {
    /// The same as the index takes it; `path` names it in a refusal.
    pub async fn read(&self, reader: &Reader, path: &str) -> crate::base::Result<Filter> {
        let at = |field: &str| format!("{path}.{field}");
        let near = match self.near {
            None => None,
            Some(near)
                if (-90.0..=90.0).contains(&near.latitude) && (-180.0..=180.0).contains(&near.longitude) && near.kilometres >= 0.0 =>
            {
                Some(search::Near { point: Point { latitude: near.latitude, longitude: near.longitude }, kilometres: near.kilometres })
            }
            Some(_) => {
                return refuse(
                    Code::BadInput,
                    at("near"),
                    "“near” takes a latitude of -90 to 90, a longitude of -180 to 180 and a radius that is not negative.",
                );
            }
        };
        Ok(Filter {
            kinds: self.kinds.iter().flatten().map(|kind| kind.word()).collect(),
            themes: slugs::<Theme>(reader, self.themes.as_deref(), &at("themes")).await?,
            goals: slugs::<Goal>(reader, self.goals.as_deref(), &at("goals")).await?,
            countries: Country::check(self.countries.as_deref().unwrap_or_default(), &at("countries"))?,
            cities: slugs::<City>(reader, self.cities.as_deref(), &at("cities")).await?,
            programmes: slugs::<Programme>(reader, self.programmes.as_deref(), &at("programmes")).await?,
            languages: self.languages.iter().flatten().map(|tag| tag.0.to_string()).collect(),
            years: self.years.clone().unwrap_or_default(),
            near,
        })
    }
}

/// The slugs of things named by id or slug; what is not there leaves a value nothing has.
async fn slugs<K: Kind>(reader: &Reader, list: Option<&[ID]>, path: &str) -> crate::base::Result<Vec<String>> {
    let Some(list) = list else { return Ok(Vec::new()) };
    refs::slugs::<K>(reader, list, path).await
}
