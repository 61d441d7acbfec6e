// Makes lib/gateway/inference-descriptor.ts, which holds proto/inference.proto as the binary descriptor set that Envoy's transcoder takes.
// No network, same bytes on every machine. `--input FILE` and `--output FILE` are for tests.
//
// It reads the part of the protocol buffers language that the file needs, and refuses everything else. The bytes are those of
// `protoc --descriptor_set_out` but for the import of google/api/annotations.proto, which is left out: with it Envoy wants the imported files
// in the set too, four fifths of its size, and Envoy knows what the option `google.api.http` means by its number alone.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const NAME = 'inference.proto';

// Numbers of google/protobuf/descriptor.proto.
const LABEL = { optional: 1, repeated: 3 };
const SCALARS = { double: 1, float: 2, int64: 3, uint64: 4, int32: 5, bool: 8, string: 9, bytes: 12, uint32: 13 };
const TYPE_MESSAGE = 11;
// Numbers of google/api/http.proto and annotations.proto.
const HTTP_OPTION = 72295728;
const HTTP_RULE = { get: 2, put: 3, post: 4, delete: 5, patch: 6, body: 7 };

/** Writes protocol buffers: a message is the concatenation of its fields. */
const varint = (value) => {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
};
const number = (field, value) => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field, value) => Buffer.concat([varint(field * 8 + 2), varint(value.length), value]);
const text = (field, value) => bytes(field, Buffer.from(value, 'utf8'));

/** The words, texts and signs of a file, without comments. */
function tokensOf(source) {
  const tokens = [];
  const pattern = /\s+|\/\/[^\n]*|("[^"\\\n]*"|[A-Za-z_][A-Za-z0-9_.]*|[0-9]+|[{}()<>=;:,])|(.)/gsu;
  for (const [, token, unknown] of source.matchAll(pattern)) {
    if (unknown !== undefined) throw new Error(`${NAME}: '${unknown}' is not understood`);
    if (token !== undefined) tokens.push(token);
  }
  return tokens;
}

/** Reads declarations from tokens and gives the bytes of their descriptors. */
class Reader {
  constructor(source) {
    this.tokens = tokensOf(source);
    this.position = 0;
    /** Full names of the messages. */
    this.known = new Set();
  }

  next() {
    if (this.position === this.tokens.length) throw new Error(`${NAME}: it ends too early`);
    return this.tokens[this.position++];
  }

  /** Takes a token if it is the next one. */
  take(token) {
    if (this.tokens[this.position] !== token) return false;
    this.position++;
    return true;
  }

  expect(...tokens) {
    for (const token of tokens) {
      const found = this.next();
      if (found !== token) throw new Error(`${NAME}: '${token}' is expected, not '${found}'`);
    }
  }

  name() {
    const name = this.next();
    if (!/^[A-Za-z_]/.test(name)) throw new Error(`${NAME}: a name is expected, not '${name}'`);
    return name;
  }

  string() {
    const quoted = this.next();
    if (!quoted.startsWith('"')) throw new Error(`${NAME}: a text is expected, not '${quoted}'`);
    return quoted.slice(1, -1);
  }

  /** FileDescriptorSet: file = 1. FileDescriptorProto: name = 1, package = 2, message_type = 4, service = 6, syntax = 12. */
  file() {
    this.expect('syntax', '=', '"proto3"', ';', 'package');
    this.package = this.name();
    this.expect(';', 'import', '"google/api/annotations.proto"', ';');
    const [messages, services] = [[], []];
    while (this.position < this.tokens.length) {
      if (this.take('message')) messages.push(this.message([this.package]));
      else if (this.take('service')) services.push(this.service());
      else throw new Error(`${NAME}: '${this.next()}' is not understood`);
    }
    const messageBytes = messages.map((message) => bytes(4, this.encodeMessage(message)));
    const serviceBytes = services.map((service) => bytes(6, this.encodeService(service)));
    return bytes(1, Buffer.concat([text(1, NAME), text(2, this.package), ...messageBytes, ...serviceBytes, text(12, 'proto3')]));
  }

  message(scope) {
    const name = this.name();
    const message = { name, scope: [...scope, name], fields: [], nested: [], oneofs: [], isMapEntry: false };
    this.known.add(message.scope.join('.'));
    this.expect('{');
    while (!this.take('}')) {
      if (this.take('message')) message.nested.push(this.message(message.scope));
      else if (this.take('oneof')) {
        const oneof = message.oneofs.push(this.name()) - 1;
        this.expect('{');
        while (!this.take('}')) message.fields.push({ ...this.field(message), oneof });
      } else message.fields.push(this.field(message));
    }
    return message;
  }

  field(message) {
    const isRepeated = this.take('repeated');
    const isMap = this.take('map');
    const type = isMap ? this.mapTypes() : this.name();
    const name = this.name();
    this.expect('=');
    const field = { name, number: Number(this.next()), label: isRepeated || isMap ? LABEL.repeated : LABEL.optional, type };
    this.expect(';');
    if (!Number.isInteger(field.number)) throw new Error(`${NAME}: the number of field '${name}' is missing`);
    if (isMap) field.type = this.mapEntry(message, name, type);
    return field;
  }

  mapTypes() {
    this.expect('<');
    const key = this.name();
    this.expect(',');
    const value = this.name();
    this.expect('>');
    return [key, value];
  }

  /** A map is a list of messages of a key and a value. */
  mapEntry(message, fieldName, [keyType, valueType]) {
    const camel = jsonName(fieldName);
    const name = `${camel[0].toUpperCase()}${camel.slice(1)}Entry`;
    const scope = [...message.scope, name];
    const field = { label: LABEL.optional };
    const fields = [
      { ...field, name: 'key', number: 1, type: keyType },
      { ...field, name: 'value', number: 2, type: valueType },
    ];
    this.known.add(scope.join('.'));
    message.nested.push({ name, scope, fields, nested: [], oneofs: [], isMapEntry: true });
    return name;
  }

  service() {
    const service = { name: this.name(), methods: [] };
    this.expect('{');
    while (!this.take('}')) {
      this.expect('rpc');
      const name = this.name();
      this.expect('(');
      const input = this.name();
      this.expect(')', 'returns', '(');
      const output = this.name();
      this.expect(')', '{', 'option', '(', 'google.api.http', ')', '=', '{');
      const rule = [];
      while (!this.take('}')) {
        const key = this.name();
        if (!(key in HTTP_RULE)) throw new Error(`${NAME}: '${key}' is no part of an HTTP rule that is understood`);
        this.expect(':');
        rule.push([HTTP_RULE[key], this.string()]);
      }
      this.expect(';', '}');
      service.methods.push({ name, input, output, rule });
    }
    return service;
  }

  /** DescriptorProto: name = 1, field = 2, nested_type = 3, options = 7 (MessageOptions: map_entry = 7), oneof_decl = 8 (name = 1). */
  encodeMessage({ name, scope, fields, nested, oneofs, isMapEntry }) {
    return Buffer.concat([
      text(1, name),
      ...fields.map((field) => bytes(2, this.encodeField(field, scope))),
      ...nested.map((message) => bytes(3, this.encodeMessage(message))),
      ...(isMapEntry ? [bytes(7, number(7, 1))] : []),
      ...oneofs.map((oneof) => bytes(8, text(1, oneof))),
    ]);
  }

  /** FieldDescriptorProto: name = 1, number = 3, label = 4, type = 5, type_name = 6, oneof_index = 9, json_name = 10. */
  encodeField({ name, number: fieldNumber, label, type, oneof }, scope) {
    const scalar = SCALARS[type];
    return Buffer.concat([
      text(1, name),
      number(3, fieldNumber),
      number(4, label),
      number(5, scalar ?? TYPE_MESSAGE),
      ...(scalar === undefined ? [text(6, this.fullName(type, scope))] : []),
      ...(oneof === undefined ? [] : [number(9, oneof)]),
      text(10, jsonName(name)),
    ]);
  }

  /** ServiceDescriptorProto: name = 1, method = 2. MethodDescriptorProto: name = 1, input_type = 2, output_type = 3, options = 4. */
  encodeService({ name, methods }) {
    const method = ({ name, input, output, rule }) =>
      Buffer.concat([
        text(1, name),
        text(2, this.fullName(input, [this.package])),
        text(3, this.fullName(output, [this.package])),
        bytes(4, bytes(HTTP_OPTION, Buffer.concat(rule.sort(([a], [b]) => a - b).map(([field, value]) => text(field, value))))),
      ]);
    return Buffer.concat([text(1, name), ...methods.map((entry) => bytes(2, method(entry)))]);
  }

  /** The message that a name means in a scope: the innermost one. */
  fullName(name, scope) {
    for (let depth = scope.length; depth > 0; depth--) {
      const candidate = [...scope.slice(0, depth), name].join('.');
      if (this.known.has(candidate)) return `.${candidate}`;
    }
    throw new Error(`${NAME}: there is no message '${name}'`);
  }
}

function jsonName(name) {
  return name.replace(/_(.)/g, (_all, letter) => letter.toUpperCase());
}

const { values: options } = parseArgs({
  options: {
    input: { type: 'string', default: join(ROOT, 'proto/inference.proto') },
    output: { type: 'string', default: join(ROOT, 'lib/gateway/inference-descriptor.ts') },
  },
});
const base64 = new Reader(readFileSync(resolve(options.input), 'utf8')).file().toString('base64');
const lines = base64.match(/.{1,130}/g).map((line) => `  '${line}',\n`);
writeFileSync(
  resolve(options.output),
  `// Generated by \`node scripts/descriptor.mjs\` from proto/inference.proto. Do not edit.

/** The inference protocol with its JSON paths, as Envoy takes it: a descriptor set in base64. */
export const INFERENCE_DESCRIPTOR = [
${lines.join('')}].join('');
`,
);
