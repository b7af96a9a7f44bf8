// Breaks operations, each kind in the way its name tells. A mutant may be valid all the same: the verdict is not ours.
import { Kind, parse, print, visit, isInputType, isObjectType, getNamedType } from 'graphql';

const name = (value) => ({ kind: Kind.NAME, value });
const field = (text) => parse(`{ ${text} }`, { noLocation: true }).definitions[0].selectionSet.selections[0];
const definition = (text) => parse(text, { noLocation: true }).definitions[0];
const literal = (text) => field(`f(a: ${text})`).arguments[0].value;
const directive = (text) => field(`f ${text}`).directives[0];

/** Everything of one kind in a document, in its order. */
function all(document, ...kinds) {
  const found = [];
  visit(document, { enter: (node) => void (kinds.includes(node.kind) && found.push(node)) });
  return found;
}

/** Changes a parsed document; what finds nothing to change gives no mutant. */
const tree = (change) => (text, tools) => {
  const document = structuredClone(parse(text, { noLocation: true }));
  return change(document, tools) === false ? undefined : print(document);
};

/** Changes one node of a kind. */
const each = (kinds, change) => tree((document, tools) => {
  const node = tools.dice.one(all(document, ...[kinds].flat()));
  return node === undefined ? false : change(node, tools, document);
});

const without = (list, item) => list.splice(list.indexOf(item), 1);
const operation = (document) => document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
const LITERALS = ['1', '99999999999', '-2147483649', '1.5', '1e400', '"x"', '""', 'true', 'null', 'WORD', '[]', '[1, "x"]', '[[1]]', '{}', '{a: 1}', '"2024-01-01"', '$unheard', '"""x"""'];
const DIRECTIVES = ['@deprecated', '@deprecated(reason: "x")', '@specifiedBy(url: "x")', '@unheard', '@skip', '@skip(if: 1)', '@include(if: true, if: false)', '@include(if: true)', '@skip(unless: true)', '@oneOf', '@defer'];
const DIRECTED = [Kind.FIELD, Kind.INLINE_FRAGMENT, Kind.FRAGMENT_SPREAD, Kind.FRAGMENT_DEFINITION, Kind.OPERATION_DEFINITION, Kind.VARIABLE_DEFINITION];

const kinds = {
  'an unknown field': each(Kind.FIELD, (node) => void (node.name = name('unheard'))),
  'a field of another type': each(Kind.FIELD, (node, { schema, dice }) => {
    const types = Object.values(schema.getTypeMap()).filter(isObjectType);
    node.name = name(dice.one(Object.keys(dice.one(types).getFields())));
  }),
  'an unknown argument': each(Kind.FIELD, (node) => void node.arguments.push({ kind: Kind.ARGUMENT, name: name('unheard'), value: literal('1') })),
  'an argument left out': each(Kind.FIELD, (node, { dice }) => (node.arguments.length > 0 ? void without(node.arguments, dice.one(node.arguments)) : false)),
  'an argument twice': each(Kind.FIELD, (node, { dice }) => (node.arguments.length > 0 ? void node.arguments.push(dice.one(node.arguments)) : false)),
  'a directive': each(DIRECTED, (node, { dice }) => void (node.directives = [...(node.directives ?? []), directive(dice.one(DIRECTIVES))])),
  'a directive on __typename': each(Kind.SELECTION_SET, (node, { dice }) => void node.selections.push(field(`__typename ${dice.one(DIRECTIVES)}`))),
  'a directive twice': each(DIRECTED, (node) => void (node.directives = [directive('@include(if: true)'), directive('@include(if: true)')])),
  'a selection of a leaf': each(Kind.FIELD, (node) => (node.selectionSet ? false : void (node.selectionSet = field('f { x }').selectionSet))),
  'a selection of __typename': each(Kind.SELECTION_SET, (node) => void node.selections.push(field('__typename { x }'))),
  'an argument of __typename': each(Kind.SELECTION_SET, (node) => void node.selections.push(field('__typename(x: 1)'))),
  'no selection of an object': each(Kind.FIELD, (node) => (node.selectionSet ? void delete node.selectionSet : false)),
  'another literal for an argument': each(Kind.ARGUMENT, (node, { dice }) => void (node.value = literal(dice.one(LITERALS)))),
  'another literal for an input field': each(Kind.OBJECT_FIELD, (node, { dice }) => void (node.value = literal(dice.one(LITERALS)))),
  'another literal in a list': each(Kind.LIST, (node, { dice }) => void node.values.push(literal(dice.one(LITERALS)))),
  'a literal in a list of its own': each(Kind.ARGUMENT, (node) => void (node.value = { kind: Kind.LIST, values: [node.value] })),
  'an unknown value of an enum': each(Kind.ENUM, (node) => void (node.value = 'UNHEARD')),
  'an enum as text': each(Kind.ENUM, (node) => void Object.assign(node, { kind: Kind.STRING })),
  'an unknown input field': each(Kind.OBJECT, (node) => void node.fields.push({ kind: Kind.OBJECT_FIELD, name: name('unheard'), value: literal('1') })),
  'an input field left out': each(Kind.OBJECT, (node, { dice }) => (node.fields.length > 0 ? void without(node.fields, dice.one(node.fields)) : false)),
  'an input field twice': each(Kind.OBJECT, (node, { dice }) => (node.fields.length > 0 ? void node.fields.push(dice.one(node.fields)) : false)),
  'an unknown variable': each([Kind.ARGUMENT, Kind.OBJECT_FIELD], (node) => void (node.value = literal('$unheard'))),
  'an unused variable': each(Kind.OPERATION_DEFINITION, (node) => void node.variableDefinitions.push(definition('query ($unused: Int) { f }').variableDefinitions[0])),
  'a variable twice': each(Kind.OPERATION_DEFINITION, (node, { dice }) => (node.variableDefinitions.length > 0 ? void node.variableDefinitions.push(dice.one(node.variableDefinitions)) : false)),
  'a variable of another type': each(Kind.VARIABLE_DEFINITION, (node, { schema, dice }) => {
    const inputs = Object.keys(schema.getTypeMap()).filter((one) => isInputType(schema.getType(one)));
    const form = dice.one(['T', 'T!', '[T]', '[T!]!']);
    node.type = definition(`query ($v: ${form.replace('T', dice.one(inputs))}) { f }`).variableDefinitions[0].type;
  }),
  'a variable of a looser or stricter type': each(Kind.VARIABLE_DEFINITION, (node, { dice }) => {
    const text = print(node.type);
    const other = text.endsWith('!') ? text.slice(0, -1) : `${text}!`;
    node.type = definition(`query ($v: ${dice.one([other, other, `[${text}]`, text.replace(/[[\]]/g, '')]).replace('!!', '!')}) { f }`).variableDefinitions[0].type;
  }),
  'a variable of no input type': each(Kind.VARIABLE_DEFINITION, (node, { dice }) => void (node.type = { kind: Kind.NAMED_TYPE, name: name(dice.one(['Unheard', 'Query', 'City', 'Node', '__Type'])) })),
  'another default': each(Kind.VARIABLE_DEFINITION, (node, { dice }) => void (node.defaultValue = literal(dice.one(LITERALS.filter((one) => !one.startsWith('$')))))),
  'an unused fragment': tree((document, { dice, schema }) => void document.definitions.push(definition(`fragment Unused on ${dice.one(['Query', 'City', 'Unheard', 'Int'].filter((one) => one === 'Unheard' || schema.getType(one)))} { __typename }`))),
  'an unknown fragment': each(Kind.SELECTION_SET, (node) => void node.selections.push(field('...Unheard'))),
  'a fragment that spreads itself': each(Kind.FRAGMENT_DEFINITION, (node) => void node.selectionSet.selections.push(field(`...${node.name.value}`))),
  'fragments that spread each other': tree((document) => {
    const found = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
    if (found.length < 2) return false;
    found[0].selectionSet.selections.push(field(`...${found[1].name.value}`));
    found[1].selectionSet.selections.push(field(`...${found[0].name.value}`));
  }),
  'a fragment on another type': each([Kind.FRAGMENT_DEFINITION, Kind.INLINE_FRAGMENT], (node, { schema, dice }) => {
    node.typeCondition = { kind: Kind.NAMED_TYPE, name: name(dice.one([...Object.keys(schema.getTypeMap()), 'Unheard'])) };
  }),
  'an empty fragment on another type': each(Kind.SELECTION_SET, (node, { schema, dice }) => {
    node.selections.push(field(`... on ${dice.one(Object.keys(schema.getTypeMap()))} { __typename }`));
  }),
  'a fragment twice': each(Kind.FRAGMENT_DEFINITION, (node, _, document) => void document.definitions.push(node)),
  'an operation twice': tree((document) => void document.definitions.push(operation(document))),
  'an anonymous operation beside others': tree((document, { dice }) => void document.definitions.push(definition(dice.one(['{ __typename }', 'subscription { __typename }', 'query Beside { __typename }'])))),
  'two root fields in a subscription': tree((document, { schema, dice }) => {
    const names = Object.keys(schema.getSubscriptionType().getFields());
    const extra = dice.one([dice.one(names), '__typename', `... { ${dice.one(names)} }`, '...Second']);
    const second = extra === '...Second' ? [definition(`fragment Second on ${schema.getSubscriptionType()} { ${names[0]} }`)] : [];
    document.definitions.push(definition(`subscription Two { ${names[0]} ${extra} }`), ...second);
  }),
  'another kind of operation': tree((document, { dice }) => void (operation(document).operation = dice.one(['query', 'mutation', 'subscription']))),
  'a key for another field': each(Kind.SELECTION_SET, (node, { dice }) => {
    const fields = node.selections.filter((one) => one.kind === Kind.FIELD);
    if (fields.length < 2) return false;
    const [first, second] = dice.some(fields, 2);
    second.alias = name((first.alias ?? first.name).value);
  }),
  'a key with other arguments': each(Kind.SELECTION_SET, (node, { dice }) => {
    const found = dice.one(node.selections.filter((one) => one.kind === Kind.FIELD && one.arguments.length > 0));
    if (!found) return false;
    const other = structuredClone(found);
    other.arguments[0].value = literal(dice.one(['1', '2', '"x"', 'null']));
    node.selections.push(other);
  }),
  'conflicts below fields that merge': each(Kind.SELECTION_SET, (node, { dice }) => {
    const found = dice.one(node.selections.filter((one) => one.kind === Kind.FIELD && one.selectionSet));
    if (!found) return false;
    const other = structuredClone(found);
    const below = other.selectionSet.selections.filter((one) => one.kind === Kind.FIELD);
    if (below.length < 1) return false;
    const changed = dice.one(below);
    if (changed.arguments.length > 0 && dice.percent(50)) changed.arguments[0].value = literal(dice.one(['1', '"x"']));
    else changed.alias = name(dice.one(found.selectionSet.selections.filter((one) => one.kind === Kind.FIELD).map((one) => (one.alias ?? one.name).value)) ?? 'x');
    node.selections.push(dice.percent(50) ? other : { kind: Kind.INLINE_FRAGMENT, directives: [], selectionSet: { kind: Kind.SELECTION_SET, selections: [other] } });
  }),
  'a key of another shape in another type': each(Kind.SELECTION_SET, (node, { schema, dice }) => {
    const types = Object.values(schema.getTypeMap()).filter((one) => isObjectType(one) && !one.name.startsWith('__'));
    for (const type of [dice.one(types), dice.one(types)]) {
      const leaf = dice.one(Object.values(type.getFields()).filter((one) => one.args.length === 0 && !getNamedType(one.type).getFields && !getNamedType(one.type).getTypes));
      node.selections.push(field(`... on ${type.name} { shape: ${leaf?.name ?? '__typename'} }`));
    }
  }),
  'a definition of a type': (text, { dice }) => `${text}\n${dice.one(['type T { f: Int }', 'extend type Query { f: Int }', 'scalar S', 'directive @d on FIELD', 'schema { query: Query }'])}`,
  'a variable among constants': (text) => (/= [^,)]*[,)]/.test(text) ? text.replace(/= [^,)]*([,)])/, '= $other$1') : undefined),
  'an empty list of something': (text, { dice }) => dice.one([
    () => text.replace(/(query|mutation|subscription) (\w*) ?\{/, '$1 $2() {'),
    () => text.replace(/\{ (\w+) /, '{ $1() '),
    () => text.replace(/@skip/, '@skip()'),
    () => `${text} {}`,
    () => text.replace(/\{ \w+ \}/, '{ }'),
  ])(),
  'odd numbers': (text, { dice }) => (/: -?\d+[,)]/.test(text) ? text.replace(/: -?\d+([,)])/, `: ${dice.one(['01', '1.', '.5', '-', '-0', '1e5', '0x1', '1_000', '2147483647', '2147483648', '-2147483648', '1a', '00', '1e', '+1'])}$1`) : undefined),
  'odd texts': (text, { dice }) => (/"words"/.test(text) ? text.replace(/"words"/, () => dice.one(['"\\x"', '"\\u12"', '"\\u{1F600}"', '"\\uD83D\\uDE00"', '"\\uD83D"', '"open', '"a\nb"', '""""quoted" """', '"""open', '"tab\there"', '"\\u00e9"', '"""\\""" """', '"\u2028"', '"\u{1F600}"', '"""\n  a\n    b\n"""'])) : undefined),
  'odd words': (text, { dice }) => `${text}\n${dice.one(['fragment on on Query { __typename }', 'query true { __typename }', 'query query { __typename }', 'fragment F($x: Int) on Query { __typename }', '"told" query Told { __typename }', '# a remark', ', ,,', '\ufeff', 'query null { null: __typename }', '{ true: __typename }', 'query { f(a: on) }'])}`,
  'a piece left out': (text, { dice }) => {
    const pieces = text.split(/(?<=[\s{}():])/);
    pieces.splice(dice.below(pieces.length), 1);
    return pieces.join('');
  },
  'a character too many': (text, { dice }) => {
    const at = dice.below(text.length);
    return text.slice(0, at) + dice.one(['{', '}', '(', ')', '$', '!', '@', '|', '&', '...', '..', '"', ':', '=', '%', '\\', 'é', ',', '\t', '0', '#', ';', "'", '`']) + text.slice(at);
  },
};

export default kinds;
