const encoder = new TextEncoder();

/**
 * A message of the protocol-buffer wire format, written field by field. Large byte fields are kept by reference, so
 * that a graph is copied once, when it is joined.
 * Source: https://protobuf.dev/programming-guides/encoding/
 */
export class ProtobufMessage {
  readonly #parts: Uint8Array[] = [];
  #byteLength = 0;

  get byteLength(): number {
    return this.#byteLength;
  }

  integer(field: number, value: number | bigint): this {
    return this.#tag(field, WireType.Varint).#varint(BigInt(value));
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#tag(field, WireType.Fixed32).#append(bytes);
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#tag(field, WireType.LengthDelimited).#varint(BigInt(value.byteLength)).#append(value);
  }

  text(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  message(field: number, value: ProtobufMessage): this {
    this.#tag(field, WireType.LengthDelimited).#varint(BigInt(value.#byteLength));
    for (const part of value.#parts) this.#append(part);
    return this;
  }

  toBytes(): Uint8Array {
    const joined = new Uint8Array(this.#byteLength);
    let offset = 0;
    for (const part of this.#parts) {
      joined.set(part, offset);
      offset += part.byteLength;
    }
    return joined;
  }

  #tag(field: number, wireType: number): this {
    return this.#varint(BigInt((field << 3) | wireType));
  }

  /** Negative numbers take ten bytes, as two's complement of 64 bits. */
  #varint(value: bigint): this {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, value);
    do {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      bytes.push(rest === 0n ? low : low | 0x80);
    } while (rest !== 0n);
    return this.#append(Uint8Array.from(bytes));
  }

  #append(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    this.#byteLength += bytes.byteLength;
    return this;
  }
}

const WireType = { Varint: 0, LengthDelimited: 2, Fixed32: 5 } as const;
