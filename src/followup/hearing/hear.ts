import type { FollowUpMode, HeardWord } from '../../contracts/followup.ts';
import type { ReadToken } from '../lexical.ts';
import type { Token } from '../tokenise.ts';
import { withoutHesitations } from './hesitation.ts';
import { repair } from './repair.ts';
import { expandShort } from './short-words.ts';

/** Words that a speaker says for signs. */
const SPOKEN_SIGNS: ReadonlyMap<string, string> = new Map([
  ['punkt', '.'],
  ['komma', ','],
  ['kolon', ':'],
  ['semikolon', ';'],
  ['frågetecken', '?'],
  ['utropstecken', '!'],
]);
/** What makes the sign's name the bowel, or "to come". */
const NO_SIGN_AFTER = /^(dt|ct|mr|ultraljud|colon|kolon|ska|skall|får|kan|att|bör|skulle|kommer|vill|om|den|nästa)$/;
/** A word heard with less confidence than this can have been another. */
const LOW_CONFIDENCE = 0.6;

/**
 * Takes tokens for what was meant: spoken signs become signs, short forms are written out, misheard words become what
 * they sound like. What was changed by its sound, or heard with low confidence, is uncertain.
 */
export function hear(tokens: readonly Token[], mode: FollowUpMode, heard: readonly HeardWord[]): ReadToken[] {
  const isDoubtful = doubtsIn(heard);
  const said = mode === 'dictated' ? withoutHesitations(tokens) : tokens;
  const read = said.map((token, at): ReadToken => {
    const uncertain = isDoubtful(token);
    const sign = mode === 'dictated' ? signFor(token, said[at - 1]) : undefined;
    if (sign) return { ...token, lower: sign, kind: 'punctuation', uncertain };
    return { ...token, lower: expandShort(token, said[at - 1]), uncertain };
  });
  return repair(read, mode);
}

function signFor(token: Token, previous: Token | undefined): string | undefined {
  const sign = SPOKEN_SIGNS.get(token.lower);
  const isWord = (token.lower === 'kolon' || token.lower === 'komma') && NO_SIGN_AFTER.test(previous?.lower ?? '');
  return isWord ? undefined : sign;
}

/** Whether a token was heard with low confidence, for tokens in the order of the text. */
function doubtsIn(heard: readonly HeardWord[]): (token: Token) => boolean {
  const doubts = heard.filter(({ confidence }) => confidence < LOW_CONFIDENCE).sort((a, b) => a.start - b.start);
  let next = 0;
  let reached = 0;
  return ({ start, end }) => {
    for (; next < doubts.length && doubts[next]!.start < end; next++) reached = Math.max(reached, doubts[next]!.end);
    return reached > start;
  };
}
