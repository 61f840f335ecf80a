import type { LetterKind } from '../contracts/delivery.ts';
import type { LetterContents } from '../contracts/letter.ts';
import type { LetterBlock, LetterDocument } from '../contracts/letter-document.ts';
import type { LetterTexts } from '../contracts/letter-texts.ts';
import { composeLetter } from './compose.ts';
import { dayAndClock } from './days.ts';

/** A letter as it is kept. */
export interface IssuedLetter {
  readonly kind: LetterKind;
  readonly contents: LetterContents;
  readonly texts: LetterTexts;
}

/** A letter that has gone out as its parts, whatever it is about. */
export function composeIssued({ kind, contents, texts }: IssuedLetter): LetterDocument {
  const called = composeLetter(contents, texts);
  switch (kind) {
    case 'kallelse':
      return called;
    case 'ombokning':
      return headed(called, 'Ny tid från vården', contents.visits.length > 1 ? 'Dina nya tider' : 'Din nya tid');
    case 'paminnelse':
      return headed(called, 'Påminnelse från vården', 'Påminnelse om din tid');
    case 'avbokning':
      return { ...called, title: 'Avbokning från vården', blocks: cancelledBlocks(contents, texts) };
    default:
      return kind satisfies never;
  }
}

/** With another title, and another first heading in Swedish. */
function headed(letter: LetterDocument, title: string, heading: string): LetterDocument {
  const first = letter.blocks.findIndex((block) => block.kind === 'heading' && block.language === undefined);
  return { ...letter, title, blocks: letter.blocks.with(first, { kind: 'heading', text: heading }) };
}

/** The times that are no more, and whom to call. With protected identity nothing tells where or for what. */
function cancelledBlocks({ visits, unit, hasProtectedIdentity }: LetterContents, texts: LetterTexts): LetterBlock[] {
  const heading = visits.length > 1 ? 'Dina tider är avbokade' : 'Din tid är avbokad';
  const named = (name: string, lines: readonly (string | undefined)[]) => ({
    name,
    lines: lines.filter((line) => line !== undefined),
    isMain: false,
  });
  const times = visits.map(({ startsAt, what, meets }) => [
    { ...named('Avbokad tid', [dayAndClock(startsAt)]), isMain: true },
    ...(hasProtectedIdentity ? [] : [named('Gällde', [what]), named('Hos', [meets])]),
  ]);
  const phone = [named('Telefon', [unit.phone]), named('Telefontid', [unit.phoneHours])];
  return [
    { kind: 'heading', text: heading },
    ...(texts.introTimed === '' ? [] : [{ kind: 'paragraph', text: texts.introTimed } as const]),
    ...[...times, phone].map((facts) => ({
      kind: 'facts' as const,
      facts: facts.filter(({ lines }) => lines.length > 0),
    })),
    ...(hasProtectedIdentity ? [] : [{ kind: 'paragraph', text: unit.name } as const]),
  ];
}
