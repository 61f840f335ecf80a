import type { ExplainedNode, FollowUpExplanation } from '../followup/explain.ts';

/** How a text was read: repaired words, then each sentence's stretches with their standing and phrases as a tree. */
export function formatExplanation({ repairs, sentences, reading }: FollowUpExplanation): string {
  const lines = [
    ...repairs.map(({ written, takenFor }) => `repaired  ${written} -> ${takenFor}`),
    ...sentences.flatMap((segments, at) => [
      `sentence ${at + 1}`,
      ...segments.flatMap(({ standing, phrases }) => [
        `  ${standing}`,
        ...phrases.flatMap((phrase) => nodeLines(phrase, '    ')),
      ]),
    ]),
    `route     ${reading.route}`,
    ...(reading.flags.length > 0 ? [`flags     ${reading.flags.join(' ')}`] : []),
    ...reading.followUps.flatMap(({ requests }) =>
      requests.map(({ request }) => `request   ${JSON.stringify(request)}`),
    ),
    ...reading.decisions.map(({ type }) => `decision  not needed: ${type}`),
  ];
  return `${lines.join('\n')}\n`;
}

function nodeLines({ text, categories, rule, uncertain, children }: ExplainedNode, indent: string): string[] {
  const made = rule === undefined ? '' : `  <- ${rule}`;
  const line = `${indent}${categories.join('|') || '-'}  "${text}"${uncertain ? '  (uncertain)' : ''}${made}`;
  return [line, ...children.flatMap((child) => nodeLines(child, `${indent}  `))];
}
