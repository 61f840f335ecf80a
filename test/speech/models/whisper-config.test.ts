import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkTensors } from '../../../src/speech/models/expected-tensors.ts';
import { openWeights } from '../../../src/speech/models/open-weights.ts';
import { readWhisperConfig } from '../../../src/speech/models/read-whisper-config.ts';
import { refusalOf, scratchFolder } from './scratch.ts';
import { TINY, writeTinyWhisper } from './tiny-whisper.ts';

/** The tiny Whisper with some fields of a file changed, or the file replaced by a text. */
function changed(file: string, change: object | string): string {
  const folder = scratchFolder();
  writeTinyWhisper(folder, 'F16');
  const path = join(folder, file);
  const text = () => JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...(change as object) });
  writeFileSync(path, typeof change === 'string' ? change : text());
  return folder;
}

describe('the config of a checkpoint', () => {
  it('tells 128 mel bins and 51,866 tokens, and every id by the content of its token', () => {
    const folder = scratchFolder();
    writeTinyWhisper(folder);
    const { dimensions, tokens, alignmentHeads } = readWhisperConfig(folder);
    expect(dimensions).toEqual(TINY);
    expect(tokens).toMatchObject({
      endOfText: 50_257,
      startOfTranscript: 50_258,
      transcribe: 50_360,
      startOfPrevious: 50_362,
      noSpeech: 50_363,
      noTimestamps: 50_364,
      suppressedFirst: [220, 50_257],
    });
    expect(tokens.languages.size).toBe(100);
    expect(tokens.languages.get('yue')).toBe(50_358);
    expect(alignmentHeads).toEqual([[2, 1]]);
  });

  it('never lets the tokens that steer the decoder be written, whatever the checkpoint suppresses', () => {
    const { tokens } = readWhisperConfig(changed('generation_config.json', { suppress_tokens: [-1] }));
    expect(tokens.suppressed).toEqual([50_258, 50_359, 50_360, 50_361, 50_362, 50_363]);
  });

  it('without a generation config falls back on the model config and on all late heads', () => {
    const folder = changed('config.json', { suppress_tokens: [9], begin_suppress_tokens: null });
    rmSync(join(folder, 'generation_config.json'));
    const { tokens, alignmentHeads } = readWhisperConfig(folder);
    expect(tokens.suppressed).toContain(9);
    expect(tokens.suppressedFirst).toEqual([220, 50_257]);
    expect(alignmentHeads.map(String)).toEqual(['2,0', '2,1', '3,0', '3,1']);
  });

  it.each([
    ['config.json', { model_type: 'wav2vec2' }, 'MODEL_INVALID', /config\.json.*model_type/],
    ['config.json', { num_mel_bins: 0 }, 'MODEL_INVALID', /num_mel_bins/],
    ['config.json', { d_model: 'wide' }, 'MODEL_INVALID', /d_model/],
    ['config.json', { decoder_attention_heads: 3 }, 'MODEL_INVALID', /expected a divisor of 8; got 3 heads/],
    ['config.json', { decoder_ffn_dim: 32 }, 'MODEL_UNSUPPORTED', /expected 16 in both; got 32/],
    ['config.json', { vocab_size: 50_300 }, 'MODEL_INVALID', /id below 50300; got the id 50/],
    ['config.json', '<!DOCTYPE html><html>', 'MODEL_INVALID', /expected JSON; got text that begins with "<!DOCTYPE/],
    ['config.json', '[]', 'MODEL_INVALID', /config\.json/],
    ['generation_config.json', { is_multilingual: false }, 'MODEL_UNSUPPORTED', /expected a multilingual Whisper/],
    ['generation_config.json', { alignment_heads: [[4, 0]] }, 'MODEL_INVALID', /layer below 4.*got layer 4/],
    ['tokenizer.json', { added_tokens: [] }, 'MODEL_INVALID', /expected a token <\|endoftext\|>/],
    ['tokenizer.json', '{}', 'MODEL_INVALID', /added_tokens/],
  ] as const)('%s with %j is refused', async (file, change, code, message) => {
    const refusal = await refusalOf(() => readWhisperConfig(changed(file, change)));
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(message);
  });

  it('that does not fit the tensors is refused with both shapes', async () => {
    const folder = changed('config.json', { num_mel_bins: 80 });
    const weights = openWeights(folder);
    const refusal = await refusalOf(() => checkTensors(weights, readWhisperConfig(folder).dimensions));
    expect(refusal.message).toMatch(/conv1\.weight.*expected the shape \[8, 80, 3\]; got \[8, 128, 3\]/);
    weights.close();
  });
});
