// The operations of the transport's toy schema.
export default {
  query: { document: '{ hello }', data: { hello: 'world' } },
  viewer: { document: '{ viewer }', data: { viewer: 'member' } },
  mutation: { document: 'mutation { add(input: {name: "x", count: 3}) { id } }', data: { add: { id: 'item_3' } } },
  // Ends by itself: no matter how many are taken.
  events: { document: 'subscription { count(to: 3) }', data: [{ count: 1 }, { count: 2 }, { count: 3 }], most: Infinity },
  // Has at least one event and goes on.
  endless: { document: 'subscription { endless }' },
  invalid: { document: '{ nothing }' },
  upload: {
    document: 'mutation ($file: Upload!) { store(file: $file) { size } }',
    data: { store: { size: 5 } },
  },
};
