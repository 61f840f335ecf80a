import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../contracts/errors.ts';
import { readJsonFile } from './json-file.ts';
import type { WhisperTokens } from './whisper-config.ts';

/** How a byte-level vocabulary writes a lone space. */
const SPACE = 'Ġ';
const TokenId = z.number().int().nonnegative();

/** Only what is asked for by name: checking each of 50,000 entries would be felt when a worker starts. */
const Tokenizer = z.object({
  added_tokens: z.array(z.object({ id: TokenId, content: z.string() })),
  model: z.object({ vocab: z.object({ [SPACE]: TokenId.optional() }) }),
});
const Vocabulary = z.array(z.string());

const LANGUAGE_TOKEN = /^<\|([a-z]{2,3})\|>$/;

/** What a checkpoint's config says about tokens that are not to be written; absent where it says nothing. */
export interface Suppression {
  readonly suppressed: readonly number[] | undefined;
  readonly suppressedFirst: readonly number[] | undefined;
}

/**
 * Ids of the special tokens and the space by their content, from `tokenizer.json`, or from CTranslate2's `vocabulary.json`.
 * @throws AppError MODEL_NOT_FOUND, MODEL_INVALID.
 */
export function readTokenIds(folder: string): ReadonlyMap<string, number> {
  const vocabularyPath = join(folder, 'vocabulary.json');
  const tokenizerPath = join(folder, 'tokenizer.json');
  if (!existsSync(tokenizerPath) && existsSync(vocabularyPath)) {
    return new Map(readJsonFile(vocabularyPath, Vocabulary).map((content, id) => [content, id]));
  }
  const { added_tokens, model } = readJsonFile(tokenizerPath, Tokenizer);
  const ids = new Map(added_tokens.map(({ content, id }) => [content, id]));
  const space = model.vocab[SPACE];
  return space === undefined ? ids : ids.set(SPACE, space);
}

/**
 * The tokens that steer the decoder, found by their content: their ids differ between generations of Whisper.
 * @throws AppError MODEL_INVALID when one is missing or outside the vocabulary, MODEL_UNSUPPORTED for a model that
 * knows English only.
 */
export function steeringTokens(
  ids: ReadonlyMap<string, number>,
  vocabularySize: number,
  { suppressed, suppressedFirst }: Suppression,
): WhisperTokens {
  const find = (...spellings: string[]): number => {
    const id = spellings.map((content) => ids.get(content)).find((found) => found !== undefined);
    if (id === undefined || id >= vocabularySize) {
      throw new AppError('MODEL_INVALID', "The tokenizer does not fit a Whisper of this config's vocabulary", {
        expected: `a token ${spellings.join(' or ')} with an id below ${vocabularySize}`,
        got: id === undefined ? 'no such token' : `the id ${id}`,
      });
    }
    return id;
  };
  const languages = new Map<string, number>();
  for (const content of ids.keys()) {
    const code = LANGUAGE_TOKEN.exec(content)?.[1];
    if (code !== undefined) languages.set(code, find(content));
  }
  const endOfText = find('<|endoftext|>');
  const steering = {
    endOfText,
    startOfTranscript: find('<|startoftranscript|>'),
    transcribe: find('<|transcribe|>'),
    startOfPrevious: find('<|startofprev|>'),
    noSpeech: find('<|nospeech|>', '<|nocaptions|>'),
    noTimestamps: find('<|notimestamps|>'),
  };
  const { startOfTranscript, transcribe, startOfPrevious, noSpeech } = steering;
  const control = [startOfTranscript, find('<|translate|>'), transcribe, find('<|startoflm|>'), startOfPrevious];
  return {
    ...steering,
    languages,
    suppressed: ascending([...(suppressed ?? []), ...control, noSpeech]),
    suppressedFirst: ascending(suppressedFirst ?? [find(SPACE), endOfText]),
  };
}

/** Without what is no id: checkpoints write -1 for "the usual ones". */
function ascending(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)].filter((id) => id >= 0).sort((one, other) => one - other);
}
