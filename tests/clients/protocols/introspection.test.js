// The introspection query of the reference implementation passes the limits and makes a schema.
import test from 'node:test';
import assert from 'node:assert/strict';
import { buildClientSchema, getIntrospectionQuery, validateSchema } from 'graphql';
import { http } from '../kit.js';

const every = { descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true };

for (const [name, options] of Object.entries({ usual: {}, full: every })) {
  test(`the ${name} introspection query`, async () => {
    const response = await fetch(http, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: getIntrospectionQuery(options), operationName: 'IntrospectionQuery' }),
    });
    const { data, errors } = await response.json();
    assert.equal(errors, undefined);
    assert.deepEqual(validateSchema(buildClientSchema(data)), []);
  });
}
