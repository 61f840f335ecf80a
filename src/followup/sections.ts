import type { ReadToken } from './lexical.ts';

/** What stands under a heading: what is to come, what was found and has been, or either. */
export type SectionKind = 'plan' | 'record' | 'open';

/** Headings (sökord) of a note, in small letters. */
const HEADINGS: Readonly<Record<SectionKind, string>> = {
  plan: 'planering|plan|åtgärd|åtgärder|uppföljning|p|fortsatt planering|vidare planering|ordination|ordinationer|bedömning/åtgärd|åtgärd/planering|vårdplan|handläggning|fortsatt handläggning',
  record:
    'kontaktorsak|besöksorsak|sökorsak|anamnes|status|aktuellt|aktuell anamnes|socialt|tidigare sjukdomar|läkemedel|aktuella läkemedel|aktuell medicinering|läkemedelslista|diagnos|diagnoser|allergi|allergier|undersökningar|undersökningsfynd|lab|labprover|provsvar|överkänslighet|hereditet|rökning|alkohol|lokalstatus|bakgrund|resultat|levnadsvanor|psykiskt status|psykisk status|vitalparametrar|funktionsstatus|utförda åtgärder|inlägg|remissvar|svar|röntgensvar',
  open: 'bedömning|epikris|sammanfattning|utredning|utredningar|diskussion|konklusion',
};
const KINDS = new Map(
  Object.entries(HEADINGS).flatMap(([kind, names]) =>
    names.split('|').map((name) => [name, kind as SectionKind] as const),
  ),
);
/** What a note can begin with on a line of its own: the contact that it tells of, none to be booked. */
const CONTACTS = new Set(
  'telefonkontakt telefonsamtal mottagningsbesök läkarbesök sköterskebesök nybesök återbesök hembesök videobesök besök distanskontakt'.split(
    ' ',
  ),
);
/** A text of fewer sentences is a phrase. */
const SHORTEST_NOTE_SENTENCES = 3;
const LONGEST_HEADING_WORDS = 3;

export interface PlacedSentence {
  readonly tokens: readonly ReadToken[];
  readonly section: SectionKind;
}

/** Gives each sentence its section. A heading is a line of its own or the words before a colon. */
export function placeInSections(sentences: readonly (readonly ReadToken[])[]): PlacedSentence[] {
  let section: SectionKind = 'open';
  const placed: PlacedSentence[] = [];
  for (const [index, tokens] of sentences.entries()) {
    const isContact = index === 0 && tokens.length === 1 && CONTACTS.has(tokens[0]!.lower);
    if (isContact && sentences.length >= SHORTEST_NOTE_SENTENCES) continue;
    const heading = headingOf(tokens);
    if (heading) section = heading.kind;
    const rest = heading ? tokens.slice(heading.length) : tokens;
    if (rest.length > 0) placed.push({ tokens: rest, section });
  }
  return placed;
}

function headingOf(tokens: readonly ReadToken[]): { kind: SectionKind; length: number } | undefined {
  for (let length = LONGEST_HEADING_WORDS; length > 0; length--) {
    const kind = KINDS.get(
      tokens
        .slice(0, length)
        .map(({ lower }) => lower)
        .join(' '),
    );
    const next = tokens[length];
    if (kind && next?.lower === ':') return { kind, length: length + 1 };
    if (kind && tokens.length === length && tokens[0]!.text !== tokens[0]!.lower) return { kind, length };
  }
  return undefined;
}
