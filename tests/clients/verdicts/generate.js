// Makes operations that a schema allows: arguments, variables, fragments, directives and aliases of every kind it knows.
import {
  getNamedType, getNullableType, isAbstractType, isCompositeType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType,
  isRequiredArgument, isRequiredInputField,
} from 'graphql';

const SCALARS = {
  Int: (dice) => String(dice.below(50) - 5),
  Float: (dice) => dice.one(['1.5', '-2', '3e2', '0.25E-1']),
  Boolean: (dice) => dice.one(['true', 'false']),
  ID: (dice) => dice.one(['"city_1"', '7', '"x"']),
  String: (dice) => dice.one(['"words"', '""', '"a \\"quoted\\" \\u00e9 \\n"', '"""block\n  of words"""']),
};

export class Generator {
  constructor(schema, dice) {
    Object.assign(this, { schema, dice, serial: 0 });
  }

  /** The text of a document with one operation. */
  document() {
    this.variables = new Map();
    this.fragments = [];
    const kind = this.dice.one(['query', 'query', 'query', 'query', 'query', 'mutation', 'mutation', 'subscription']);
    const root = this.schema.getRootType(kind);
    const fields = kind === 'subscription' ? 1 : 1 + this.dice.below(3);
    const selection = this.selection(root, 4, fields);
    const definitions = [...this.variables].map(([name, of]) => `$${name}: ${of}`);
    const head = definitions.length > 0 || kind !== 'query' || this.dice.percent(70)
      ? `${kind} ${this.dice.percent(80) ? `Op${this.dice.below(100)}` : ''}${definitions.length > 0 ? `(${definitions.join(', ')})` : ''} `
      : '';
    return [`${head}${selection}`, ...this.fragments].join('\n');
  }

  selection(type, depth, most = 4) {
    const { dice } = this;
    const isRoot = [this.schema.getSubscriptionType(), this.schema.getMutationType()].includes(type);
    const parts = [];
    if (type.getFields) {
      const all = Object.values(type.getFields()).filter((field) => depth > 0 || isLeafType(getNamedType(field.type)));
      for (const field of dice.some(all, 1 + dice.below(most))) parts.push(this.field(field, depth));
    }
    if (!isRoot && dice.percent(15)) parts.push('__typename');
    if (type === this.schema.getQueryType() && dice.percent(8)) parts.push('__type(name: "City") { name kind fields { name } }');
    if (!isRoot && depth > 0 && dice.percent(isAbstractType(type) ? 90 : 20)) parts.push(this.fragment(type, depth));
    if (parts.length === 0) parts.push('__typename');
    return `{ ${parts.join(' ')} }`;
  }

  field(field, depth) {
    const { dice } = this;
    const of = getNamedType(field.type);
    const taken = field.args.filter((argument) => isRequiredArgument(argument) || dice.percent(25));
    const given = taken.map((argument) => `${argument.name}: ${this.value(argument.type, argument.defaultValue !== undefined)}`);
    // Two selections of one key must be alike: with arguments, each has a key of its own.
    const alias = given.length > 0 || dice.percent(8) ? `k${++this.serial}: ` : '';
    const below = isCompositeType(of) ? ` ${this.selection(of, depth - 1)}` : '';
    return `${alias}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${this.directive(6)}${below}`;
  }

  fragment(type, depth) {
    const { dice } = this;
    const onto = isAbstractType(type) ? dice.one([type, ...this.schema.getPossibleTypes(type)]) : dice.one([type, ...type.getInterfaces()]);
    const form = dice.below(3);
    const selection = this.selection(form === 0 ? type : onto, depth - 1, 3);
    if (form === 0) return `...${this.directive(20)} ${selection}`;
    if (form === 1) return `... on ${onto.name}${this.directive(20)} ${selection}`;
    const name = `F${++this.serial}`;
    this.fragments.push(`fragment ${name} on ${onto.name} ${selection}`);
    return `...${name}${this.directive(20)}`;
  }

  directive(often) {
    if (!this.dice.percent(often)) return '';
    return ` @${this.dice.one(['skip', 'include'])}(if: ${this.dice.percent(50) ? this.variable('Boolean!') : 'true'})`;
  }

  variable(type) {
    const name = `v${this.variables.size + 1}`;
    this.variables.set(name, type);
    return `$${name}`;
  }

  /** A value for an input position: a literal, or a variable declared to fit. */
  value(type, hasDefault = false, depth = 3) {
    const { dice } = this;
    if (dice.percent(30)) {
      const text = String(type);
      if (isNonNullType(type)) {
        // A nullable variable with a default fits, too.
        if (dice.percent(20) && !isInputObjectType(getNamedType(type))) return this.variable(`${text.slice(0, -1)} = ${this.literal(type.ofType, 0, true)}`);
        return this.variable(text);
      }
      return this.variable(dice.percent(30) && !hasDefault ? `${text}!` : text);
    }
    return this.literal(type, depth);
  }

  /** A literal; a constant one names no variables. */
  literal(type, depth, isConstant = false) {
    const { dice } = this;
    if (!isNonNullType(type) && dice.percent(5)) return isConstant ? this.literal(getNullableType(type), depth, true) : 'null';
    const of = getNullableType(type);
    const item = (inner) => (isConstant ? this.literal(inner, depth - 1, true) : this.value(inner, false, depth - 1));
    if (isListType(of)) {
      // One item stands for a list of one.
      if (dice.percent(15)) return this.literal(of.ofType, depth, isConstant);
      return `[${Array.from({ length: dice.below(3) }, () => item(of.ofType)).join(', ')}]`;
    }
    if (isInputObjectType(of)) {
      const fields = Object.values(of.getFields()).filter((field) => isRequiredInputField(field) || (depth > 0 && dice.percent(30)));
      return `{${fields.map((field) => `${field.name}: ${item(field.type)}`).join(', ')}}`;
    }
    if (isEnumType(of)) return dice.one(of.getValues()).name;
    return (SCALARS[of.name] ?? SCALARS.String)(dice);
  }
}
