import { isA, meaningOf, type Node } from '../grammar/node.ts';
import type { Draft } from './draft.ts';

/** What a request waits for, as the data names it: `remissvar:R1`, `remissvar:ortopeden`, `svar:DT`, or the words. */
export function triggerOf(clause: Node, draft: Draft, plans: readonly Draft[]): string {
  const words = leavesOf(clause);
  const answer = words.find((node) => isA(node, 'Answer'));
  const place = words.find((node) => isA(node, 'Place'));
  const isAnswered = answer !== undefined || words.some(({ lower }) => /^(svarat|svarar)$/.test(lower));
  if (!isAnswered) return clause.text;
  const earlier = plans.slice(0, plans.indexOf(draft));
  if (place) {
    const referral = earlier.findLast((one) => one.type === 'remiss' && one.fields.to?.toLowerCase() === place.lower);
    return `remissvar:${referral?.id ?? place.text}`;
  }
  const subject = answer && subjectOf(answer, words);
  if (subject !== undefined && subject !== 'remiss') return `svar:${subject}`;
  const source = earlier.findLast(
    ({ type }) => type === 'remiss' || type === 'rontgen' || type === 'provtagning' || type === 'undersokning',
  );
  if (source) return `${source.type === 'remiss' ? 'remissvar' : 'svar'}:${source.id}`;
  return subject === 'remiss' ? 'remissvar' : 'svar';
}

/** What an answer is about: the rest of its own word ("histologisvaret"), or what follows "på" and "från". */
function subjectOf(answer: Node, words: readonly Node[]): string | undefined {
  const own = meaningOf(answer, 'Answer')!;
  if (own !== '') return own;
  const after = words.slice(words.indexOf(answer) + 1);
  if (!/^(på|från|av)$/.test(after[0]?.lower ?? '')) return undefined;
  const about = after[1];
  return about && (meaningOf(about, 'Modality') ?? about.text.replace(/(en|et|n)$/, ''));
}

function leavesOf(node: Node): readonly Node[] {
  return node.children.length === 0 ? [node] : node.children.flatMap(leavesOf);
}
