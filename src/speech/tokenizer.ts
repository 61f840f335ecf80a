import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';

const TOKENIZER_FILE = 'tokenizer.json';

const TokenizerFile = z.looseObject({
  model: z.looseObject({ vocab: z.record(z.string(), z.number().int().nonnegative()) }),
  added_tokens: z.array(z.looseObject({ id: z.number().int().nonnegative(), content: z.string() })),
});

/** Text to Whisper's tokens and back. */
export class SpeechTokenizer {
  readonly #folder: string;
  /** The bytes that each token stands for, by its id; special tokens stand for none. */
  readonly #pieces: readonly Uint8Array[];
  readonly #decoder = new TextDecoder();
  #encoder: Tokenizer | undefined;

  /** Reads `tokenizer.json` of a model's folder. */
  constructor(folder: string) {
    this.#folder = folder;
    const file = TokenizerFile.parse(this.#readFile());
    const special = new Set(file.added_tokens.map(({ id }) => id));
    const byteOf = byteLevelAlphabet();
    const pieces: Uint8Array[] = [];
    for (const [piece, id] of Object.entries(file.model.vocab)) {
      pieces[id] = special.has(id) ? new Uint8Array() : Uint8Array.from(piece, (symbol) => byteOf.get(symbol) ?? 0);
    }
    this.#pieces = pieces;
  }

  /** Bytes of UTF-8 that a token stands for; a character may span several tokens. */
  bytes(token: number): Uint8Array {
    return this.#pieces[token] ?? new Uint8Array();
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
