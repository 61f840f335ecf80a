import type { LetterContents, LetterVisit } from '../contracts/letter.ts';
import type { LetterBlock, LetterDocument, LetterFact } from '../contracts/letter-document.ts';
import type { LetterPlace, LetterTexts } from '../contracts/letter-texts.ts';
import { dayAndClock, lengthInWords, plainDay } from './days.ts';
import { foreignHeading } from './languages.ts';

const TITLE = 'Kallelse från vården';

/**
 * The letter as its parts. With protected identity nothing in it tells where the visit is, whom the patient meets or
 * for what: the place is told by phone, or behind sign-in.
 */
export function composeLetter(contents: LetterContents, texts: LetterTexts): LetterDocument {
  const { unit, recipient, writtenOn, hasLargePrint, hasProtectedIdentity } = contents;
  return {
    title: TITLE,
    letterhead: hasProtectedIdentity ? [] : [unit.name, ...unit.addressLines, `Telefon ${unit.phone}`],
    address: [recipient.name, ...recipient.addressLines],
    writtenOn: plainDay(writtenOn),
    blocks: hasProtectedIdentity ? protectedBlocks(contents) : openBlocks(contents, texts),
    hasLargePrint,
  };
}

function openBlocks(contents: LetterContents, texts: LetterTexts): LetterBlock[] {
  const { form, visits, toBook, isGuardian, interpreterLanguage } = contents;
  const say = (text: string) => filled(text, contents);
  const isTimed = form === 'timed';
  const isHere = visits.length === 0 || visits.some(({ meeting }) => meeting === 'here');
  return [
    ...foreignBlocks(interpreterLanguage),
    { kind: 'heading', text: isTimed ? headingOf(visits) : 'Dags att boka tid' },
    ...paragraphs(isGuardian ? say(texts.guardian) : ''),
    ...paragraphs(say(isTimed ? texts.introTimed : texts.introOpen)),
    ...visits.flatMap((visit, index) => visitBlocks(visit, visits.length > 1 ? index + 1 : undefined)),
    ...(toBook
      ? [
          facts([main(fact('Boka senast', plainDay(toBook.latestDay))), fact('Gäller', toBook.what)]),
          ...before(toBook.preparations),
        ]
      : []),
    ...paragraphs(say(texts.beforeTheVisit)),
    ...paragraphs(isHere ? say(texts.bringWithYou) : ''),
    ...paragraphs(interpreterLanguage ? say(texts.interpreter) : ''),
    ...(isHere ? directions(contents) : []),
    { kind: 'subheading', text: isTimed ? 'Ändra eller avboka' : 'Så bokar du' },
    ...answerBlocks(contents),
    ...paragraphs(say(texts.changeOrCancel)),
    ...paragraphs(say(texts.cost)),
    ...paragraphs(say(texts.closing)),
  ];
}

/** Times, a number to call, the way to sign in; nothing else. */
function protectedBlocks(contents: LetterContents): LetterBlock[] {
  const { form, visits, toBook, interpreterLanguage } = contents;
  const times = visits.map(({ startsAt }) => dayAndClock(startsAt));
  return [
    ...foreignBlocks(interpreterLanguage),
    { kind: 'heading', text: form === 'timed' ? 'Din tid' : 'Dags att boka tid' },
    facts([main(fact('Tid', ...times)), main(fact('Boka senast', toBook && plainDay(toBook.latestDay)))]),
    ...paragraphs('Plats och hur du förbereder dig får du veta på telefon eller när du har loggat in.'),
    ...answerBlocks(contents),
    facts([fact('Telefon', contents.unit.phone), fact('Telefontid', contents.unit.phoneHours)]),
  ];
}

function directions({ unit }: LetterContents): LetterBlock[] {
  return [
    { kind: 'subheading', text: 'Hitta hit' },
    facts([fact('Adress', unit.name, ...unit.addressLines), fact('Vägen', unit.directions)]),
  ];
}

/** What the patient does at that time, where it is not to come. */
const AT_THE_TIME: Readonly<Record<LetterVisit['meeting'], string | undefined>> = {
  here: undefined,
  phone: 'Vi ringer dig.',
  video: 'Vi ses på video. Du loggar in.',
};

function visitBlocks(visit: LetterVisit, number: number | undefined): LetterBlock[] {
  const { startsAt, durationMinutes, what, meets, meeting, place, preparations } = visit;
  return [
    ...(number === undefined ? [] : [{ kind: 'subheading', text: `${number}. ${what ?? 'Besök'}` } as const]),
    facts([
      main(fact('Tid', dayAndClock(startsAt))),
      fact('Räkna med', lengthInWords(durationMinutes)),
      fact('Gäller', number === undefined ? what : undefined),
      fact('Du träffar', meets),
      fact('Plats', AT_THE_TIME[meeting] ?? place),
    ]),
    ...before(preparations),
  ];
}

function before(preparations: LetterVisit['preparations']): LetterBlock[] {
  if (preparations.length === 0) return [];
  return [
    { kind: 'subheading', text: 'Innan du kommer' },
    { kind: 'list', items: preparations.map(({ plain }) => plain) },
  ];
}

function answerBlocks({ answer, form }: LetterContents): LetterBlock[] {
  if (!answer) return [];
  const what = form === 'timed' ? 'Du kan ändra eller avboka tiden själv:' : 'Välj din tid här:';
  return [
    { kind: 'paragraph', text: what },
    facts([fact('Webbsida', answer.address), fact('Kod', answer.code), fact('Du anger också', 'ditt födelsedatum')]),
  ];
}

function foreignBlocks(code: string | undefined): LetterBlock[] {
  if (code === undefined) return [];
  const { heading, line, language } = foreignHeading(code);
  return [
    { kind: 'heading', text: heading, language },
    { kind: 'paragraph', text: line, language },
  ];
}

function headingOf(visits: readonly LetterVisit[]): string {
  return visits.length === 1 ? 'Din tid' : 'Dina tider';
}

/** One paragraph a line, none for an empty text. */
function paragraphs(text: string): LetterBlock[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({ kind: 'paragraph', text: line }));
}

function facts(all: readonly LetterFact[]): LetterBlock {
  return { kind: 'facts', facts: all.filter(({ lines }) => lines.length > 0) };
}

function fact(name: string, ...lines: readonly (string | undefined)[]): LetterFact {
  return { name, lines: lines.filter((line) => line !== undefined && line !== '') as string[], isMain: false };
}

function main(known: LetterFact): LetterFact {
  return { ...known, isMain: true };
}

/** A unit's text block with what this letter knows. */
function filled(text: string, { unit, patient }: LetterContents): string {
  const values: Readonly<Record<LetterPlace, string>> = {
    enhet: unit.name,
    telefon: unit.phone,
    telefontid: unit.phoneHours === undefined ? '' : ` (${unit.phoneHours})`,
    patient: patient.name,
  };
  return text.replace(/\{([^{}]*)\}/g, (whole, name: string) => (name in values ? values[name as LetterPlace] : whole));
}
