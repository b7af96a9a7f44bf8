//! What is counted of a document. All sums saturate: a hostile document reaches any number.

/// What a selection amounts to once every fragment is spread.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Levels of fields.
    pub depth: u64,
    /// Selections.
    pub fields: u64,
    /// Aliases.
    pub aliases: u64,
    /// Directives.
    pub directives: u64,
    /// Values of variables, times their uses.
    pub variable_values: u64,
    /// Values of the answer, introspection left out.
    pub cost: u64,
    /// Values of the answer's introspection.
    pub introspection: u64,
}

impl Tally {
    /// Takes in another selection beside this one.
    pub fn add(&mut self, other: Self) {
        self.depth = self.depth.max(other.depth);
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.variable_values = self.variable_values.saturating_add(other.variable_values);
        self.cost = self.cost.saturating_add(other.cost);
        self.introspection = self.introspection.saturating_add(other.introspection);
    }
}
