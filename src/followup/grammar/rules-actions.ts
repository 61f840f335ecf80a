import { type Rule, rule } from './rule.ts';
import type { ActionMeaning, PersonMeaning, TimeMeaning } from './values.ts';

/** No day or dose of medicine has this figure before a stroke; a blood pressure does. */
const LEAST_SYSTOLIC = 70;

export const LIST_RULES: readonly Rule[] = [
  rule('Function', 'ingen känd allergi', 'Neg känd|kända|tidigare|någon? Safety', () => 'no danger'),
  rule('Safety', 'eGFR 38', 'egfr|gfr =|:|på|<? Number', () => 'kidneys'),
  rule('Safety', 'krea 145', 'krea|kreatinin|p-krea|s-krea =|:|på|<|>? ca|cirka? Number', () => 'kidneys'),
  rule('Result', '160/90', 'Number / Number', (t) => (t.of('Number') >= LEAST_SYSTOLIC ? 'pressure' : undefined)),
  rule('Result', 'Hb 120', 'Analysis =|:|<|>|på|är|ligger? på|<|>|ca? Number', () => 'value'),
  rule('Analyses', 'B-Hb och ferritin', 'Analysis~', (t) => t.all('Analysis')),
  rule('Analyses', 'lever och natrium', 'lever och|, Analysis~', (t) => ['leverprover', ...t.all('Analysis')]),
  rule('Site', 'höger knä', 'Site Site', (t) => `${t.node('Site')!.text} ${t.node('Site', 1)!.text}`),
  rule('Site', 'thorax och buk', 'Site och|/|- Site', (t) => `${t.node('Site')!.text} och ${t.node('Site', 1)!.text}`),
  rule('Dose', 'dos 2', 'dos|vaccindos Number', (t) => t.of('Number')),
  rule('Dose', 'andra dosen', 'Ordinal dosen|dos', (t) => t.of('Ordinal')),
];

/** Things to do, with what belongs to their name. */
export const ACTION_RULES: readonly Rule[] = [
  rule(
    'Action',
    'MR hjärna med kontrast',
    'Modality av|över? Site|Unknown? Site? med_kontrast|utan_kontrast|m_kontrast?',
    (t) => imaging(t),
  ),
  rule('Action', 'kontroll av Hb', 'Action av|med|på|:? Analyses', (t) => labTest(t.of('Action'), t.of('Analyses'))),
  rule('Action', 'kontroll med prover', 'Action av|med|på? Action', (t) => {
    const check = t.of('Action');
    const other = t.of('Action', 1);
    return check.kind === 'check' && other.type === 'provtagning' ? other : undefined;
  }),
  rule('Action', 'PSA', 'Analyses', (t) => ({
    type: 'provtagning',
    strength: 'weak',
    fields: { analyses: [...t.of('Analyses')] },
  })),
  rule('Action', 'vaccination mot TBE dos 2', 'Action mot|med? Vaccine ,? Dose?', (t) =>
    vaccination(t.of('Action'), t.of('Vaccine'), t.maybe('Dose')),
  ),
  rule('Action', 'TBE dos 2', 'Vaccine ,? Dose?', (t) => vaccination(undefined, t.of('Vaccine'), t.maybe('Dose'))),
  rule('Action', 'TBE-vaccination', 'Vaccine Action', (t) => vaccination(t.of('Action'), t.of('Vaccine'), undefined)),
];

/** Calls, wishes and answers around them. */
export const ACTION_WRAPPING_RULES: readonly Rule[] = [
  rule(
    'Action',
    'vill se honom igen',
    'vill|ska|skall|får? se|träffa honom|henne|hen|Participant igen|åter|på_nytt|redan?',
    (): ActionMeaning => ({ type: 'aterbesok', strength: 'weak', kind: 'verb' }),
  ),
  rule(
    'Action',
    'ska han komma',
    'ska|skall|får|bör|kan|måste han|hon|hen|pat|patienten komma till|in|hit?',
    (): ActionMeaning => ({ type: 'aterbesok', strength: 'weak', kind: 'verb' }),
  ),
  rule(
    'Action',
    'jag ringer patienten med svaret',
    'jag? Action Participant|henne|honom|hen? med|om|angående Answer',
    (t) => callWithAnswer(t.of('Action'), t.has('jag')),
  ),
  rule('Action', 'kallas för spirometri', 'Action till|för|på|att? en|ett|ny|nytt? Action', (t) =>
    called(t.of('Action'), t.of('Action', 1)),
  ),
  rule('Action', 'flytta besöket 2 april', 'Action Action Person? den|på|från? Time', (t) =>
    booking(t.of('Action'), t.of('Action', 1), t.maybe('Person'), t.of('Time')),
  ),
  rule('Action', 'tiden 26 mars flyttas', 'Action Person? den? Time? Action', (t) => {
    const [what, change] = t.all('Action');
    return what!.definite ? booking(change!, what!, t.maybe('Person'), t.maybe('Time')) : undefined;
  }),
  rule('Action', 'avboka åb', 'Action Action Person?', (t) =>
    booking(t.of('Action'), t.of('Action', 1), t.maybe('Person')),
  ),
  rule('Action', 'remiss till MR hjärna', 'Action till|för? Action', (t) => {
    const [first, second] = t.all('Action');
    return first!.type === 'remiss' && second!.type === 'rontgen' ? { ...second!, strength: 'strong' } : undefined;
  }),
  rule('Action', 'tid för besök', 'Action för|till? Action', (t) => {
    const [first, second] = t.all('Action');
    return first!.kind === 'visit' && !first!.definite && second!.type !== 'aterbesok'
      ? { ...second!, strength: 'strong', fields: { ...first!.fields, ...second!.fields } }
      : undefined;
  }),
  rule(
    'Reason',
    'svar på MR',
    'Answer på|av|från|efter|: dagens? Action',
    (t) => `svar ${nameOf(t.of('Action'), t.node('Action')!.text)}`,
  ),
  rule('Action', 'svar per brev', 'Answer ges|skickas|meddelas|lämnas|kommer? per|i|via|med|som Action', (t) =>
    answerBy(t.of('Action')),
  ),
  rule('Action', 'brev med provsvar', 'Action till? Filler? Participant? med|om|angående Answer', (t) =>
    answerBy(t.of('Action'), t.node('Answer')!.lower),
  ),
  rule('Action', 'brev till patienten', 'Action till Participant', (t) =>
    t.of('Action').type === 'brev' ? t.of('Action') : undefined,
  ),
  rule('Reason', 'för svar', 'för|med|om Answer', (t) =>
    t.node('Answer')!.lower.startsWith('provsvar') ? 'provsvar' : 'svar',
  ),
  rule(
    'Reason',
    'för genomgång av svar',
    'för genomgång|uppföljning|diskussion|besked av|om|med|kring Answer',
    () => 'svar',
  ),
];

/** A booking that is to be moved or cancelled, with its day where that was said. */
function booking(
  change: ActionMeaning,
  what: ActionMeaning,
  person?: PersonMeaning,
  when?: TimeMeaning,
): ActionMeaning | undefined {
  if (change.type !== 'ombokning' && change.type !== 'avbokning') return undefined;
  const day = when?.time.target ?? when?.time.start?.slice(0, 10);
  if (when && (day === undefined || (change.type === 'ombokning' && !when.bare))) return undefined;
  const service = what.fields?.service;
  return {
    ...change,
    fields: {
      ...(person?.role !== undefined && { role: person.role }),
      ...(person?.practitioner !== undefined && { practitioner: person.practitioner }),
      ...(service !== undefined && { service }),
      ...(day !== undefined && { booking_date: day }),
    },
  };
}

function imaging(t: Parameters<Rule['read']>[0]): ActionMeaning {
  const modality = t.of('Modality');
  const sites = [t.node('Site') ?? t.node('Unknown'), t.node('Site', 1)].filter((node) => node !== undefined);
  const contrast = t.has('kontrast') ? [t.has('utan') ? 'utan kontrast' : 'med kontrast'] : [];
  const service = [modality, ...sites.map(({ text }) => inFull(text)), ...contrast].join(' ');
  return { type: 'rontgen', strength: 'weak', fields: { service } };
}

/** "Hö höft" as a patient reads it. */
function inFull(site: string): string {
  return site.replace(/^hö(?= |$)/i, 'höger').replace(/^vä(?= |$)/i, 'vänster');
}

function labTest(action: ActionMeaning, analyses: readonly string[]): ActionMeaning | undefined {
  const isLab = action.kind === 'check' || action.type === 'provtagning';
  return isLab && !action.fields?.service
    ? { type: 'provtagning', strength: 'weak', fields: { analyses: [...analyses] } }
    : undefined;
}

function vaccination(
  action: ActionMeaning | undefined,
  vaccine: string,
  dose: number | undefined,
): ActionMeaning | undefined {
  if (action && action.type !== 'vaccination') return undefined;
  return {
    type: 'vaccination',
    strength: 'weak',
    fields: { service: dose === undefined ? vaccine : `${vaccine} dos ${dose}` },
  };
}

/** A call says only that there is something; what it is follows. */
function called(call: ActionMeaning, what: ActionMeaning): ActionMeaning | undefined {
  return call.kind === 'call' && what.kind !== 'call' ? { ...what, strength: 'strong' } : undefined;
}

/** A call that tells the result of what was named before it. */
function callWithAnswer({ type, strength, fields }: ActionMeaning, isAuthor: boolean): ActionMeaning | undefined {
  if (type !== 'telefon' || strength === 'strong') return undefined;
  return {
    type,
    strength: 'weak',
    fields: { ...fields, ...(isAuthor && { practitioner: '@author' }), reason: 'svar' },
    givesResult: true,
  };
}

function answerBy(action: ActionMeaning, answer = 'provsvar'): ActionMeaning | undefined {
  if (action.type !== 'brev') return undefined;
  return {
    ...action,
    strength: 'strong',
    fields: { reason: answer.startsWith('svar') ? 'provsvar' : answer },
    givesResult: true,
  };
}

function nameOf({ fields }: ActionMeaning, text: string): string {
  return fields?.service ?? fields?.analyses?.join(', ') ?? text;
}
