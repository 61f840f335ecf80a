import { isLikelySurname } from '../lexicon/surnames.ts';
import { type Rule, rule } from './rule.ts';

const AT = 'hos|till|med|av|för|via';

/** Who and where. */
export const NAME_RULES: readonly Rule[] = [
  rule('Person', 'dr Lind', 'Title Name Name?', (t) => ({
    role: t.of('Title'),
    practitioner: t.maybe('Name', 1) ?? t.of('Name'),
  })),
  rule('Person', 'skötare Lena', 'Role Name Name?', (t) => ({
    role: t.of('Role'),
    practitioner: t.maybe('Name', 1) ?? t.of('Name'),
  })),
  rule('Person', 'doktor lind', 'dr|doktor|doktorn Unknown', (t) => ({
    role: 'lakare',
    practitioner: capital(t.of('Unknown')),
  })),
  rule('Person', 'psykolog karlsson', 'Title Unknown', (t) =>
    isLikelySurname(capital(t.of('Unknown')))
      ? { role: t.of('Title'), practitioner: capital(t.of('Unknown')) }
      : undefined,
  ),
  rule(
    'Responsible',
    'fast vårdkontakt Anna Berg kallar',
    'fast_vårdkontakt Name Name? kallar|ansvarar|sammankallar|bokar|ordnar?',
    (t) => ({
      kind: 'fast_vardkontakt',
      name: t.all('Name').join(' '),
    }),
  ),
  rule('Responsible', 'kuratorn kallar', 'Role Name? Name? kallar|sammankallar|bjuder_in|håller_i', (t) => {
    const name = t.all('Name').join(' ');
    return { kind: t.of('Role'), ...(name !== '' && { name }) };
  }),
  rule('Responsible', 'Karin Alm kallar', 'Name Name kallar|sammankallar|bjuder_in', (t) => ({
    name: t.all('Name').join(' '),
  })),
  rule('Responsible', 'jag sammankallar', 'jag sammankallar|kallar', () => ({ name: '@author' })),
];

export const PERSON_RULES: readonly Rule[] = [
  rule('Person', 'till mig', `${AT}? mig|undertecknad`, () => ({ practitioner: '@author' })),
  rule('Person', 'hos samma läkare', `${AT}? SameStaff Role|sköterska|person|behandlare`, () => ({
    practitioner: '@same',
  })),
  rule('Person', 'hos samma', 'hos|till SameStaff', () => ({ practitioner: '@same' })),
  rule('Person', 'hos AT', `${AT}? RoleAmbiguous`, () => ({ ambiguous: true })),
  rule('Person', 'hos barnläkare dr Lind', `${AT}? Role Person`, (t) =>
    t.of('Person').practitioner === undefined ? undefined : t.of('Person'),
  ),
  rule('Person', 'hos dr Lind', `${AT} Person`, (t) => t.of('Person')),
  rule(
    'Person',
    'hos ordinarie läkare',
    `${AT}? ordinarie|ansvarig|vår|min|fast|annan|en|någon|patientansvarig|sin|ny|valfri Role`,
    (t) => ({ role: t.of('Role') }),
  ),
  rule('Person', 'hos psykolog', `${AT} Role`, (t) => ({ role: t.of('Role') })),
  rule('Person', 'dsk', 'Role', (t) => ({ role: t.of('Role') })),
  rule('Person', 'hos Anna Berg', 'hos|till Name Name?', (t) => ({ practitioner: t.all('Name').at(-1)! })),
  rule('Person', 'på kirurgen', 'på|till|hos|vid|från|via|av|i|inom Place', (t) => ({
    unit: inFull(t.node('Place')!.text),
  })),
  rule('Person', 'kirurgen', 'Place', (t) => ({ unit: inFull(t.node('Place')!.text) })),
];

export const PARTICIPANT_RULES: readonly Rule[] = [
  rule('Participants', 'med kommunen och anhörig', 'med|tillsammans_med Participant~', (t) => t.all('Participant')),
];

/** "Ortopedmott" as a patient reads it; "BVC" stays as it is written, "Kirurgen" at the head of a sentence does not. */
function inFull(place: string): string {
  const isAbbreviation = /^\p{Lu}{2,}/u.test(place);
  return (isAbbreviation ? place : place.toLowerCase()).replace(/mott$/, 'mottagningen');
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
