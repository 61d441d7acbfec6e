// As much of gRPC and protobuf as a stand-in needs: messages whose fields it reads or writes are texts. A library for it is none of the
// repository's.

/** The values of a text field, in the order in which they stand: a field may be given more than once. */
export function textsOf(message: Buffer, field: number): string[] {
  const texts: string[] = [];
  for (let at = 0; at < message.length;) {
    const key = readNumber(message, at);
    at = key.end;
    switch (key.value & 7) {
      case 0:
        at = readNumber(message, at).end;
        break;
      case 1:
        at += 8;
        break;
      case 5:
        at += 4;
        break;
      case 2: {
        const length = readNumber(message, at);
        at = length.end + length.value;
        if (at > message.length) throw new Error('the message is cut off');
        if (key.value >>> 3 === field) texts.push(message.toString('utf8', length.end, at));
        break;
      }
      default:
        throw new Error(`wire type ${key.value & 7} is unknown`);
    }
  }
  return texts;
}

/** A text field, or one that holds another message. */
export function lengthDelimited(field: number, content: string | Buffer): Buffer {
  const bytes = Buffer.from(content as string);
  return Buffer.concat([writeNumber((field << 3) | 2), writeNumber(bytes.length), bytes]);
}

/** A field that holds a number from 0 on. */
export function numeric(field: number, value: number): Buffer {
  return Buffer.concat([writeNumber(field << 3), writeNumber(value)]);
}

/** The message as gRPC frames it: no compression, its length, its bytes. */
export function frame(message: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}

/** The one message of a unary call. */
export function unframe(body: Buffer): Buffer {
  if (body.length < 5 || body[0] !== 0 || body.readUInt32BE(1) !== body.length - 5) throw new Error('the body is no single message');
  return body.subarray(5);
}

function readNumber(message: Buffer, at: number): { value: number; end: number } {
  let value = 0;
  for (let index = at, factor = 1; index < message.length; index += 1, factor *= 128) {
    const byte = message[index]!;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, end: index + 1 };
  }
  throw new Error('the message is cut off');
}

function writeNumber(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest % 128) | 0x80);
    if (rest < 128) return Buffer.from(bytes);
  }
}
