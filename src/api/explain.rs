//! Why a hit scored as it did, for clients.
use async_graphql::{Enum, Object};

use crate::{
    relay::LanguageTag,
    search::{Contribution, Explanation, FoundIn},
};

/// A hit's score taken apart.
pub struct SearchScore(pub Explanation);

/// A hit's score taken apart. All of it is told by what the viewer may see.
#[Object]
impl SearchScore {
    /// The sum of the parts' points: the hit's score.
    async fn score(&self) -> f32 {
        self.0.score
    }

    /// The language in which it fits best; null where only a name matched.
    async fn language(&self) -> Option<LanguageTag> {
        crate::base::Language::parse(self.0.language.as_deref()?).map(LanguageTag)
    }

    /// What a match in that language counts, by how likely the question is in it: 1 for the likeliest.
    async fn trust(&self) -> f32 {
        self.0.trust
    }

    /// What its date makes of it: 1 for the year 2000, two thousandths more for each year since.
    async fn recency(&self) -> f32 {
        self.0.factors.recency
    }

    /// What its kind makes of it: 1 for practices, cities and pairings, less for what tells of them and for what they are sorted by.
    async fn kind_weight(&self) -> f32 {
        self.0.factors.kind
    }

    /// What it makes that the question is its name or title, whole; 1 where it is not.
    async fn name_match(&self) -> f32 {
        self.0.factors.name
    }

    /// What phrases, fields and minus signs make where they weigh instead of exclude; 1 where they exclude, see `SearchReading`.
    async fn marks(&self) -> f32 {
        self.0.factors.marks
    }

    /// What each word gave in each place.
    async fn parts(&self) -> Vec<SearchScorePart> {
        self.0.parts.iter().cloned().map(SearchScorePart).collect()
    }
}

/// Where a word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SearchPlace {
    /// Anywhere in title, summary and text.
    Text,
    /// In the title, where it counts once more.
    Title,
    /// In a name or alias.
    Name,
}

/// What one word gave in one place.
pub struct SearchScorePart(Contribution);

/// What one word gave in one place: points = weight × boost × rarity × saturation × trust × recency × kindWeight × nameMatch × marks; for names the trust is 1.
#[Object]
impl SearchScorePart {
    /// Where it counts.
    async fn place(&self) -> SearchPlace {
        match self.0.found_in {
            FoundIn::Text => SearchPlace::Text,
            FoundIn::Title => SearchPlace::Title,
            FoundIn::Name => SearchPlace::Name,
        }
    }

    /// The words of the question, as they were written.
    async fn words(&self) -> &[String] {
        &self.0.words
    }

    /// The forms of them that the hit has, as the index keeps them: folded, cut to their stems, corrected, completed.
    async fn terms(&self) -> &[String] {
        &self.0.terms
    }

    /// How often they stand there; what is not quite the word counts for less than one.
    async fn frequency(&self) -> f32 {
        self.0.frequency
    }

    /// In how many things they stand there.
    async fn documents(&self) -> u64 {
        self.0.documents
    }

    /// Of how many things with words there.
    async fn of_documents(&self) -> u64 {
        self.0.of_documents
    }

    /// How rare they are: the inverse document frequency.
    async fn rarity(&self) -> f32 {
        self.0.idf
    }

    /// What the frequency makes, held back by the length of the text.
    async fn saturation(&self) -> f32 {
        self.0.saturation
    }

    /// How often the words stand in the question; less where they are corrected.
    async fn weight(&self) -> f32 {
        self.0.weight
    }

    /// What a word counts in this place.
    async fn boost(&self) -> f32 {
        self.0.boost
    }

    /// What it gave to the score.
    async fn points(&self) -> f32 {
        self.0.points
    }
}
