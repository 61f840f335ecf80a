import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { ProtobufMessage } from './protobuf.ts';

/** Element types of ONNX tensors, by their number in onnx.proto. */
const ELEMENT_TYPES = { float: 1, uint8: 2, int8: 3, int64: 7 } as const;
export type ElementType = keyof typeof ELEMENT_TYPES;

/** A dimension is a size, or the name of one that is known only when the graph runs. */
export type Dimension = number | string;

export type Attribute = number | { readonly float: number } | readonly number[];

/** Name of a value that flows along the graph's edges. */
export type ValueName = string;

const IR_VERSION = 9;
const OPSET_VERSION = 17;
const MICROSOFT_DOMAIN = 'com.microsoft';
/** Tensors above this many bytes go to the data file, where the runtime maps them instead of parsing them. */
const INLINE_LIMIT_BYTES = 4096;
/** The runtime maps the data file by pages. */
const DATA_ALIGNMENT_BYTES = 4096;

// Field numbers of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
const Model = { irVersion: 1, producer: 2, graph: 7, opset: 8 } as const;
const GraphField = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const;
const Node = { input: 1, output: 2, name: 3, operator: 4, attribute: 5, domain: 7 } as const;
const AttributeField = { name: 1, float: 2, integer: 3, integers: 8, type: 20 } as const;
const AttributeType = { float: 1, integer: 2, integers: 7 } as const;
const TensorField = { dims: 1, type: 2, name: 8, raw: 9, external: 13, location: 14 } as const;

/** Writes an ONNX graph: operators and small constants in one file, weights beside it in a second. */
export class OnnxGraph {
  readonly #name: string;
  readonly #path: string;
  readonly #dataFile: number;
  readonly #nodes: ProtobufMessage[] = [];
  readonly #initializers = new Map<string, ProtobufMessage>();
  readonly #inputs: ProtobufMessage[] = [];
  readonly #outputs: ProtobufMessage[] = [];
  #dataOffset = 0;
  #nextValue = 0;

  /** Opens `path` + ".data" for the weights; `save` writes `path` itself. */
  constructor(name: string, path: string) {
    this.#name = name;
    this.#path = path;
    this.#dataFile = openSync(`${path}.data`, 'w');
  }

  input(name: ValueName, type: ElementType, dimensions: readonly Dimension[]): ValueName {
    this.#inputs.push(valueInfo(name, type, dimensions));
    return name;
  }

  output(name: ValueName, type: ElementType, dimensions: readonly Dimension[]): void {
    this.#outputs.push(valueInfo(name, type, dimensions));
  }

  /** Adds an operator of the standard set with one output, whose name it returns. */
  node(operator: string, inputs: readonly ValueName[], attributes: Record<string, Attribute> = {}): ValueName {
    return this.nodes(operator, inputs, [this.#fresh(operator)], attributes)[0];
  }

  /** Adds an operator of ONNX Runtime's own set (com.microsoft) with one output, whose name it returns. */
  microsoft(operator: string, inputs: readonly ValueName[], attributes: Record<string, Attribute> = {}): ValueName {
    return this.nodes(operator, inputs, [this.#fresh(operator)], attributes, MICROSOFT_DOMAIN)[0];
  }

  /** Adds an operator whose outputs get the names given ("" leaves one out). */
  nodes<const Outputs extends readonly ValueName[]>(
    operator: string,
    inputs: readonly ValueName[],
    outputs: Outputs,
    attributes: Record<string, Attribute> = {},
    domain = '',
  ): Outputs {
    const node = new ProtobufMessage();
    for (const input of inputs) node.text(Node.input, input);
    for (const output of outputs) node.text(Node.output, output);
    node.text(Node.name, this.#fresh(`node_${operator}`)).text(Node.operator, operator);
    for (const [key, value] of Object.entries(attributes)) node.message(Node.attribute, attributeMessage(key, value));
    if (domain !== '') node.text(Node.domain, domain);
    this.#nodes.push(node);
    return outputs;
  }

  /** A constant; the same name again is the same constant, and its values are not made again. */
  constant(
    name: string,
    type: ElementType,
    dimensions: readonly number[],
    make: () => Float32Array | Int8Array | Uint8Array | BigInt64Array,
  ): ValueName {
    if (this.#initializers.has(name)) return name;
    const values = make();
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const tensor = new ProtobufMessage();
    for (const dimension of dimensions) tensor.integer(TensorField.dims, dimension);
    tensor.integer(TensorField.type, ELEMENT_TYPES[type]).text(TensorField.name, name);
    if (bytes.byteLength > INLINE_LIMIT_BYTES) this.#writeExternal(tensor, bytes);
    else tensor.bytes(TensorField.raw, bytes.slice());
    this.#initializers.set(name, tensor);
    return name;
  }

  integers(values: readonly number[]): ValueName {
    return this.constant(`integers_${values.join('_')}`, 'int64', [values.length], () =>
      BigInt64Array.from(values, BigInt),
    );
  }

  integer(value: number): ValueName {
    return this.constant(`integer_${value}`, 'int64', [], () => BigInt64Array.of(BigInt(value)));
  }

  float(value: number): ValueName {
    return this.constant(`float_${value}`, 'float', [], () => Float32Array.of(value));
  }

  /** `value[..., from:to:step, ...]` along one axis. */
  slice(value: ValueName, axis: number, from: number, to: number, step = 1): ValueName {
    return this.node('Slice', [
      value,
      this.integers([from]),
      this.integers([to]),
      this.integers([axis]),
      this.integers([step]),
    ]);
  }

  /** Gives a value another name, that of a graph output. */
  name(value: ValueName, output: ValueName): void {
    this.nodes('Identity', [value], [output]);
  }

  /** Writes the graph; the object is spent afterwards. */
  save(): void {
    const graph = new ProtobufMessage();
    for (const node of this.#nodes) graph.message(GraphField.node, node);
    graph.text(GraphField.name, this.#name);
    for (const initializer of this.#initializers.values()) graph.message(GraphField.initializer, initializer);
    for (const input of this.#inputs) graph.message(GraphField.input, input);
    for (const output of this.#outputs) graph.message(GraphField.output, output);
    const model = new ProtobufMessage().integer(Model.irVersion, IR_VERSION).text(Model.producer, 'taltid');
    model.message(Model.graph, graph);
    model.message(Model.opset, new ProtobufMessage().text(1, '').integer(2, OPSET_VERSION));
    model.message(Model.opset, new ProtobufMessage().text(1, MICROSOFT_DOMAIN).integer(2, 1));
    writeFileSync(this.#path, model.toBytes());
    closeSync(this.#dataFile);
  }

  #fresh(prefix: string): string {
    return `${prefix}_${this.#nextValue++}`;
  }

  #writeExternal(tensor: ProtobufMessage, bytes: Uint8Array): void {
    const padding = (DATA_ALIGNMENT_BYTES - (this.#dataOffset % DATA_ALIGNMENT_BYTES)) % DATA_ALIGNMENT_BYTES;
    this.#write(new Uint8Array(padding));
    const entries = {
      location: `${basename(this.#path)}.data`,
      offset: String(this.#dataOffset),
      length: String(bytes.byteLength),
    };
    for (const [key, value] of Object.entries(entries)) {
      tensor.message(TensorField.external, new ProtobufMessage().text(1, key).text(2, value));
    }
    tensor.integer(TensorField.location, 1);
    this.#write(bytes);
  }

  #write(bytes: Uint8Array): void {
    let written = 0;
    while (written < bytes.byteLength) {
      written += writeSync(this.#dataFile, bytes, written, bytes.byteLength - written);
    }
    this.#dataOffset += bytes.byteLength;
  }
}

function attributeMessage(name: string, value: Attribute): ProtobufMessage {
  const message = new ProtobufMessage().text(AttributeField.name, name);
  if (typeof value === 'number') {
    return message.integer(AttributeField.integer, value).integer(AttributeField.type, AttributeType.integer);
  }
  if ('float' in value) {
    return message.float(AttributeField.float, value.float).integer(AttributeField.type, AttributeType.float);
  }
  for (const item of value) message.integer(AttributeField.integers, item);
  return message.integer(AttributeField.type, AttributeType.integers);
}

function valueInfo(name: string, type: ElementType, dimensions: readonly Dimension[]): ProtobufMessage {
  const shape = new ProtobufMessage();
  for (const dimension of dimensions) {
    const message = new ProtobufMessage();
    if (typeof dimension === 'string') message.text(2, dimension);
    else message.integer(1, dimension);
    shape.message(1, message);
  }
  const tensorType = new ProtobufMessage().integer(1, ELEMENT_TYPES[type]).message(2, shape);
  return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensorType));
}
