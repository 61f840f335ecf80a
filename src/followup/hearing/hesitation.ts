import type { Token } from '../tokenise.ts';

/** What people say while they think; `_` joins the words of one. The longest first. */
const HESITATIONS =
  'ja_vad_ska_vi_säga vad_ska_vi_säga vad_heter_det låt_mig_se ska_vi_se få_se eh öh hm hmm mm äh öhm ehm'
    .split(' ')
    .map((words) => words.split('_'));

const FIRST_WORDS = new Set(HESITATIONS.map(([first]) => first!));

/** Leaves out what a speaker said while thinking: it would part words that belong together. */
export function withoutHesitations<T extends Token>(tokens: readonly T[]): readonly T[] {
  const kept: T[] = [];
  let at = 0;
  while (at < tokens.length) {
    const said = FIRST_WORDS.has(tokens[at]!.lower)
      ? HESITATIONS.find((words) => words.every((word, i) => tokens[at + i]?.lower === word))
      : undefined;
    if (!said) kept.push(tokens[at]!);
    at += said?.length ?? 1;
  }
  return kept;
}
