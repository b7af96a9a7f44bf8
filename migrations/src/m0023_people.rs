//! Who sees the address of a person; and what a person, a saved search leads back to.
use super::{DatabaseTransaction, DbErr};

pub async fn up(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    super::run(tx, SQL).await
}

const SQL: &str = "
ALTER TABLE person ADD COLUMN contact_visible_to TEXT NOT NULL DEFAULT 'PARTNERS';
CREATE INDEX person_name ON person (name, id);
CREATE INDEX membership_programme ON membership (programme) WHERE programme IS NOT NULL;
CREATE INDEX membership_pairing ON membership (pairing) WHERE pairing IS NOT NULL;
CREATE INDEX involvement_contact ON involvement (contact, name, id) WHERE contact IS NOT NULL;
CREATE INDEX webhook_saved_search ON webhook (saved_search, created_at, id) WHERE saved_search IS NOT NULL;
";
