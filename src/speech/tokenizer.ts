import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';

const TOKENIZER_FILE = 'tokenizer.json';

/** The parts that are read here; the vocabulary has fifty thousand entries, so it is looked at once, as it is used. */
const TokenizerFile = z.object({
  model: z.object({ vocab: z.custom<Record<string, number>>((value) => typeof value === 'object' && value !== null) }),
  added_tokens: z.array(z.object({ id: z.number().int().nonnegative(), content: z.string() })),
});

/** Text to Whisper's tokens and back. */
export class SpeechTokenizer {
  readonly #folder: string;
  /** The bytes of all tokens, one after another; token i has those from `starts[i]` to `starts[i + 1]`. */
  readonly #bytes: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #decoder = new TextDecoder();
  #encoder: Tokenizer | undefined;

  /** Reads `tokenizer.json` of a model's folder. */
  constructor(folder: string) {
    this.#folder = folder;
    const file = TokenizerFile.parse(this.#readFile());
    const special = new Set(file.added_tokens.map(({ id }) => id));
    const byteOf = byteLevelAlphabet();
    const pieces = new Map<number, string>();
    for (const [piece, id] of Object.entries(file.model.vocab)) if (!special.has(id)) pieces.set(id, piece);
    let count = 0;
    for (const id of pieces.keys()) count = Math.max(count, id + 1);
    this.#starts = new Uint32Array(count + 1);
    for (let id = 0; id < count; id++) this.#starts[id + 1] = this.#starts[id]! + (pieces.get(id)?.length ?? 0);
    this.#bytes = new Uint8Array(this.#starts[count]!);
    for (const [id, piece] of pieces) {
      this.#bytes.set(
        Array.from(piece, (symbol) => byteOf.get(symbol) ?? 0),
        this.#starts[id]!,
      );
    }
  }

  /** Bytes of UTF-8 that a token stands for: none for a special one, and a character may span several. */
  bytes(token: number): Uint8Array {
    return this.#bytes.subarray(this.#starts[token] ?? 0, this.#starts[token + 1] ?? 0);
  }

  /** The tokens' text. A character that is cut off becomes U+FFFD. */
  decode(tokens: readonly number[]): string {
    const parts = tokens.map((token) => this.bytes(token));
    const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of parts) {
      joined.set(part, offset);
      offset += part.length;
    }
    return this.#decoder.decode(joined);
  }

  /** The text's tokens, without special ones. The merges behind it are read when first asked for. */
  encode(text: string): number[] {
    this.#encoder ??= new Tokenizer(this.#readFile(), {});
    return this.#encoder.encode(text, { add_special_tokens: false }).ids;
  }

  #readFile(): object {
    return JSON.parse(readFileSync(join(this.#folder, TOKENIZER_FILE), 'utf8'));
  }
}

/**
 * The printable characters that byte-level vocabularies write bytes with, and the byte that each stands for: printable
 * ones stand for themselves, the others follow from U+0100 on.
 * Source: Radford et al. 2019, the GPT-2 tokenizer.
 */
function byteLevelAlphabet(): Map<string, number> {
  const isPrintable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  const alphabet = new Map<string, number>();
  let next = 0x100;
  for (let byte = 0; byte <= 0xff; byte++) {
    alphabet.set(String.fromCodePoint(isPrintable(byte) ? byte : next++), byte);
  }
  return alphabet;
}
