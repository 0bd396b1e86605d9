/** Tiny real models in formats that keep their metadata in protobuf messages or flatbuffers. */
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const varint = (value: number): Uint8Array => {
  const out: number[] = [];
  let left = value;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) out.push((left % 0x80) + 0x80);
  return Uint8Array.from([...out, left]);
};

/** A field of a message: a number as a varint, anything else with its length. */
export const field = (number: number, content: number | string | Uint8Array): Uint8Array => {
  if (typeof content === 'number') return Buffer.concat([varint(number * 8), varint(content)]);
  const bytes = typeof content === 'string' ? encode(content) : content;
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
};

/** ModelProto of ONNX: version, producer, graph, operators, and the metadata behind them. */
export const writeOnnx = (metadata: Readonly<Record<string, string>>, graph = 16): Uint8Array =>
  Buffer.concat([
    field(1, 9),
    field(2, 'pytorch'),
    field(6, 'a model'),
    field(7, field(2, new Uint8Array(graph))),
    field(8, field(2, 17)),
    ...Object.entries(metadata).map(([key, value]) => field(14, Buffer.concat([field(1, key), field(2, value)]))),
  ]);

/** Model of Core ML: version, description with its metadata, and a network behind them. */
export const writeCoreMl = (license: string | undefined, network = 16): Uint8Array =>
  Buffer.concat([
    field(1, 5),
    field(
      2,
      Buffer.concat([
        field(1, field(1, 'x')),
        field(100, Buffer.concat([field(1, 'a model'), field(3, 'somebody'), ...(license === undefined ? [] : [field(4, license)])])),
      ]),
    ),
    field(500, new Uint8Array(network)),
  ]);

/** What a field of a flatbuffer table may hold. */
type Node = { readonly u32: number } | { readonly bytes: Uint8Array } | { readonly tables: readonly Table[] };
type Table = readonly (Node | undefined)[];

const u32 = (value: number): Uint8Array => {
  const out = Buffer.alloc(4);
  out.writeUInt32LE(value);
  return out;
};

/** Every field takes four bytes of its table: a number, or the offset of what lies behind the table. */
const table = (fields: Table): Uint8Array => {
  const layout = Buffer.alloc(4 + fields.length * 2);
  layout.writeUInt16LE(layout.length, 0);
  layout.writeUInt16LE(4 + fields.length * 4, 2);
  const pad = (4 - (layout.length % 4)) % 4;
  const body = Buffer.alloc(4 + fields.length * 4);
  body.writeInt32LE(layout.length + pad, 0);
  const behind: Uint8Array[] = [];
  let end = body.length;
  for (const [index, node] of fields.entries()) {
    if (!node) continue;
    const at = 4 + index * 4;
    layout.writeUInt16LE(at, 4 + index * 2);
    if ('u32' in node) {
      body.writeUInt32LE(node.u32, at);
      continue;
    }
    const bytes = 'bytes' in node ? Buffer.concat([u32(node.bytes.length), node.bytes]) : vector(node.tables);
    body.writeUInt32LE(end - at, at);
    const aligned = Buffer.concat([bytes, new Uint8Array((4 - (bytes.length % 4)) % 4)]);
    behind.push(aligned);
    end += aligned.length;
  }
  return Buffer.concat([layout, new Uint8Array(pad), body, ...behind]);
};

/** Offsets of tables, counted from where each offset stands to where its table begins, behind its layout. */
const vector = (tables: readonly Table[]): Uint8Array => {
  const written = tables.map((fields) => {
    const bytes = Buffer.from(table(fields));
    const layout = 4 + fields.length * 2;
    return { bytes, begins: layout + ((4 - (layout % 4)) % 4) };
  });
  const offsets: Uint8Array[] = [];
  let at = 4 + tables.length * 4;
  for (const [index, { bytes, begins }] of written.entries()) {
    offsets.push(u32(at + begins - (4 + index * 4)));
    at += bytes.length;
  }
  return Buffer.concat([u32(tables.length), ...offsets, ...written.map(({ bytes }) => bytes)]);
};

const flatbuffer = (identifier: string, fields: Table): Uint8Array => {
  const layout = 4 + fields.length * 2;
  return Buffer.concat([u32(8 + layout + ((4 - (layout % 4)) % 4)), encode(identifier), table(fields)]);
};

const string = (text: string): Node => ({ bytes: encode(text) });

/** A TensorFlow Lite model whose metadata lie in a buffer, as the tools that add them write it; `filler` bytes stand between. */
export const writeTflite = (license: string | undefined, filler = 16): Uint8Array => {
  const inner = flatbuffer('M001', [
    string('a model'),
    string('it does'),
    string('v1'),
    undefined,
    string('somebody'),
    license === undefined ? undefined : string(license),
  ]);
  return flatbuffer('TFL3', [
    { u32: 3 },
    undefined,
    undefined,
    string('described'),
    { tables: [[], [{ bytes: new Uint8Array(filler) }], [{ bytes: inner }]] },
    undefined,
    {
      tables: [
        [string('min_runtime_version'), { u32: 1 }],
        [string('TFLITE_METADATA'), { u32: 2 }],
      ],
    },
  ]);
};
