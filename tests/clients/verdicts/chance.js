// Chance that comes again: the same seed makes the same operations, so a difference can be looked at twice.

/** A source of chance (mulberry32) with what generators ask of it. */
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count) => Math.floor(next() * count);
  return {
    below,
    /** True so often of a hundred times. */
    percent: (often) => next() * 100 < often,
    /** One of these; undefined of none. */
    one: (items) => items[below(items.length)],
    /** Some of these, at most so many, in their order. */
    some(items, most) {
      const left = [...items];
      while (left.length > most) left.splice(below(left.length), 1);
      return left;
    },
  };
}
