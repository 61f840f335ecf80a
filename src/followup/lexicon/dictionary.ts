import type { Category, Sense } from '../grammar/values.ts';
import { ACTION_WORDS } from './actions.ts';
import { COMPOUND_HEADS, COMPOUND_MODIFIERS, type CompoundHead, NURSE_FIELDS, ROLE_BEGINNINGS } from './compounds.ts';
import { CUE_WORDS, MEDICATION_WORDS } from './cues.ts';
import { DONE_TO_PATIENT } from './done-to-patient.ts';
import type { Entry } from './entry.ts';
import { SERVICE_WORDS } from './examinations.ts';
import { FUNCTION_WORDS } from './function-words.ts';
import { nounForms } from './inflection.ts';
import { ORDINARY_WORDS } from './ordinary-words.ts';
import { NEED_WORDS, PARTICIPANT_WORDS, PLACE_WORDS, ROLE_WORDS } from './people.ts';
import { ANALYSIS_WORDS, EVENT_WORDS, IMAGING_WORDS, VACCINE_WORDS } from './services.ts';
import { TIME_WORDS } from './times.ts';

const TABLES = [
  TIME_WORDS,
  ROLE_WORDS,
  PLACE_WORDS,
  PARTICIPANT_WORDS,
  NEED_WORDS,
  ACTION_WORDS,
  SERVICE_WORDS,
  DONE_TO_PATIENT,
  IMAGING_WORDS,
  ANALYSIS_WORDS,
  VACCINE_WORDS,
  EVENT_WORDS,
  CUE_WORDS,
  MEDICATION_WORDS,
  FUNCTION_WORDS,
] as const;

/** A form of several words, found by its first two. */
interface LongForm {
  readonly words: readonly string[];
  readonly senses: readonly Sense[];
}

interface Dictionary {
  readonly words: ReadonlyMap<string, readonly Sense[]>;
  /** By the first word and the second, longest first. */
  readonly longForms: ReadonlyMap<string, ReadonlyMap<string, readonly LongForm[]>>;
}

const SHORTEST_MODIFIER_LETTERS = 2;

const dictionary = build();
const headForms = new Map<string, { head: CompoundHead; definite: boolean }>(
  COMPOUND_HEADS.flatMap((head) => nounForms(head.ending).map(({ form, definite }) => [form, { head, definite }])),
);
const LONGEST_HEAD_LETTERS = Math.max(...Array.from(headForms.keys(), (form) => form.length));

/** All meanings of one word in lower case, its inflections and compounds by rule; empty when it is not known. */
export function sensesOf(word: string): readonly Sense[] {
  return dictionary.words.get(word) ?? knownCompound(word);
}

/** Whether the word itself or one of its forms stands in a table, compounds apart. */
export function isListed(word: string): boolean {
  return dictionary.words.has(word);
}

/** Every listed word of one part, for the repair of misheard ones. */
export function listedWords(): ReadonlyMap<string, readonly Sense[]> {
  return dictionary.words;
}

const NO_LONG_FORMS: readonly LongForm[] = [];

/** Every word that is part of a form of several. */
export const longFormWords: ReadonlySet<string> = new Set(longForms().flatMap(({ words }) => words));

/** The words of forms, of one word or several, that mean one of these. */
export function wordsOfForms(categories: readonly Category[]): string[] {
  const isOne = ({ category }: Sense) => categories.includes(category);
  const single = [...dictionary.words].filter(([, senses]) => senses.some(isOne)).map(([word]) => word);
  const long = longForms().filter(({ senses }) => senses.some(isOne));
  return [...single, ...long.flatMap(({ words }) => words)];
}

/** Forms of several words that begin with these two, longest first. */
export function longFormsFrom(first: string, second: string): readonly LongForm[] {
  return dictionary.longForms.get(first)?.get(second) ?? NO_LONG_FORMS;
}

function longForms(): LongForm[] {
  return [...dictionary.longForms.values()].flatMap((forms) => [...forms.values()].flat());
}

const MAXIMUM_KNOWN = 10_000;
const known = new Map<string, readonly Sense[]>();
/** A longer word is none that anybody writes, and not worth remembering. */
const LONGEST_COMPOUND_LETTERS = 60;
const NO_SENSES: readonly Sense[] = [];

/** The same words come again and again. */
function knownCompound(word: string): readonly Sense[] {
  if (word.length > LONGEST_COMPOUND_LETTERS) return NO_SENSES;
  const found = known.get(word);
  if (found) return found;
  if (known.size >= MAXIMUM_KNOWN) known.clear();
  const senses = compoundSenses(word);
  known.set(word, senses);
  return senses;
}

function compoundSenses(word: string): readonly Sense[] {
  const analysis = analysisInSystem(word);
  if (analysis) return [analysis];
  for (
    let cut = Math.max(SHORTEST_MODIFIER_LETTERS, word.length - LONGEST_HEAD_LETTERS);
    cut < word.length - 2;
    cut++
  ) {
    const found = headForms.get(word.slice(cut));
    if (!found) continue;
    const beginning = word.slice(0, cut).replace(/-$/, '');
    if (beginning.length < SHORTEST_MODIFIER_LETTERS) continue;
    const senses = joinParts(word, beginning, word.slice(cut), found.head, found.definite);
    if (senses) return senses;
  }
  const imaging = imagingInShort(word);
  return imaging ? [imaging] : [];
}

/** What an analysis is done on, or in which quantity: "P-krea", "fP-lipider", "litium-S". */
const ANALYSIS_SYSTEM =
  /^(?:f?[psbu]|fs|erc|pt|csf|du|tu|ab|f|fb)-|-[psbu]$|-?(?:kontroll|kontrollen|kontroller|prov|prover|provet|proverna|test|testet|värde|värdet|värden|nivå|nivåer)$/;

function analysisInSystem(word: string): Sense | undefined {
  const plain = word.replace(ANALYSIS_SYSTEM, '');
  return plain === word ? undefined : dictionary.words.get(plain)?.find(({ category }) => category === 'Analysis');
}

/** "Höft-rtg", "tillväxt-UL", "CT-halskärl". */
const SHORT_MODALITY = /^(?:(?<first>ct|dt|mr|ul|rtg)-(?<site>.+)|(?<part>.+)-(?<last>ct|dt|mr|ul|rtg))$/;

function imagingInShort(word: string): Sense | undefined {
  const { first, site, part, last } = SHORT_MODALITY.exec(word)?.groups ?? {};
  const name = dictionary.words.get(first ?? last ?? '')?.find(({ category }) => category === 'Modality')?.value;
  const region = site ?? part;
  if (name === undefined || region === undefined) return undefined;
  return { category: 'Modality', value: `${String(name)} ${region}` };
}

function joinParts(
  word: string,
  beginning: string,
  ending: string,
  head: CompoundHead,
  definite: boolean,
): readonly Sense[] | undefined {
  const minutes = minutesIn(beginning);
  if (minutes !== undefined && head.action)
    return [action({ ...head.action, fields: { duration_min: minutes }, definite })];
  const base = word.slice(0, word.length - ending.length) + head.ending;
  if (head.category === 'Answer') return [{ category: 'Answer', value: namedBy(beginning) }];
  if (head.value === 'sjukskoterska' && NURSE_FIELDS.has(beginning))
    return [{ category: 'Role', value: `${plainLetters(beginning)}sjukskoterska` }];
  if (head.category === 'Role' && !ROLE_BEGINNINGS.has(beginning)) return undefined;
  if (!head.action)
    return [{ category: head.category, value: head.value ?? (head.category === 'Place' ? word : base) } as Sense];
  const vaccine = head.action.type === 'vaccination' ? vaccineNamed(beginning) : undefined;
  if (vaccine) return [vaccine];
  const modifier = COMPOUND_MODIFIERS.find((one) => one.beginning === beginning || `${one.beginning}s` === beginning);
  const [sense] = modifier?.senses ?? [];
  if (sense?.category === 'Action') return [action({ ...head.action, ...sense.value, definite })];
  if (sense?.category === 'Role') {
    const visit = head.action.type === 'undersokning' ? ({ type: 'aterbesok', kind: 'check' } as const) : undefined;
    return [action({ ...head.action, ...visit, strength: 'strong', fields: { role: sense.value }, definite })];
  }
  if (head.service) return [action({ ...head.action, fields: { service: base }, definite })];
  // "Fritid", "otörbesök": only what is known to be a kind of visit makes one out of a visit's words.
  if (head.action.kind === 'visit') return undefined;
  return [action({ ...head.action, fields: { service: base }, definite })];
}

/** "Femtiominuterstid", "45-minuterssamtal": how long. */
function minutesIn(beginning: string): number | undefined {
  const said = /^(.+?)-?minuters?$/.exec(beginning)?.[1];
  const minutes = said && (dictionary.words.get(said)?.find(({ category }) => category === 'Number')?.value ?? said);
  return Number.isInteger(Number(minutes)) && Number(minutes) > 0 ? Number(minutes) : undefined;
}

/** "Ögon" as the data names roles. */
function plainLetters(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '');
}

/** Whether what a compound begins with is a word too: a misheard one seldom does. */
export function hasKnownParts(word: string): boolean {
  for (let cut = SHORTEST_MODIFIER_LETTERS; cut < word.length - 2; cut++) {
    if (!headForms.has(word.slice(cut))) continue;
    const beginning = word.slice(0, cut).replace(/-$/, '');
    if ([beginning, beginning.replace(/s$/, '')].some((part) => isWord(part))) return true;
    if (minutesIn(beginning) !== undefined) return true;
  }
  return false;
}

function isWord(part: string): boolean {
  const isModifier = COMPOUND_MODIFIERS.some(({ beginning }) => beginning === part);
  return (
    isModifier || isListed(part) || ROLE_BEGINNINGS.has(part) || NURSE_FIELDS.has(part) || ORDINARY_WORDS.has(part)
  );
}

/** "HPV-vaccin": the vaccine by its own name. */
function vaccineNamed(beginning: string): Sense | undefined {
  return dictionary.words.get(beginning)?.find(({ category }) => category === 'Vaccine');
}

/** A first part by its short name where it has one: "dt" is DT. */
function namedBy(beginning: string): string {
  const modality = dictionary.words.get(beginning)?.find(({ category }) => category === 'Modality');
  return modality ? String(modality.value) : beginning;
}

function action(value: Extract<Sense, { category: 'Action' }>['value']): Sense {
  return { category: 'Action', value };
}

function build(): Dictionary {
  const single = new Map<string, Sense[]>();
  const long = new Map<string, Map<string, Sense[]>>();
  for (const entry of TABLES.flat()) {
    for (const { form, sense } of formsOf(entry)) {
      const parts = form.split('_');
      const senses = parts.length === 1 ? listAt(single, form) : listAt(mapAt(long, parts[0]!), parts.join(' '));
      if (!senses.some(({ category }) => category === sense.category)) senses.push(sense);
    }
  }
  return { words: single, longForms: new Map(Array.from(long, ([first, forms]) => [first, bySecond(forms)])) };
}

function bySecond(forms: ReadonlyMap<string, readonly Sense[]>): ReadonlyMap<string, readonly LongForm[]> {
  const longestFirst = Array.from(forms, ([form, senses]): LongForm => ({ words: form.split(' '), senses })).sort(
    (one, other) => other.words.length - one.words.length,
  );
  return Map.groupBy(longestFirst, ({ words }) => words[1]!);
}

function formsOf({ sense, forms, isNoun }: Entry): { form: string; sense: Sense }[] {
  if (!isNoun) return forms.map((form) => ({ form, sense }));
  return forms.flatMap((stem) =>
    nounForms(stem).map(({ form, definite }) => ({
      form,
      sense: definite && sense.category === 'Action' ? action({ ...sense.value, definite }) : sense,
    })),
  );
}

function listAt(map: Map<string, Sense[]>, key: string): Sense[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

function mapAt(map: Map<string, Map<string, Sense[]>>, key: string): Map<string, Sense[]> {
  const inner = map.get(key) ?? new Map<string, Sense[]>();
  map.set(key, inner);
  return inner;
}
