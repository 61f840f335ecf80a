import {
  answerBy,
  booking,
  called,
  callWithAnswer,
  controlOf,
  goesTo,
  imaging,
  labTest,
  measurement,
  nameOf,
  textOf,
  treatmentWith,
  vaccination,
} from './action-meanings.ts';
import { type Rule, rule } from './rule.ts';
import type { ActionMeaning } from './values.ts';

/** Things to do, with what belongs to their name. */
export const ACTION_RULES: readonly Rule[] = [
  rule(
    'Action',
    'MR hjärna med kontrast',
    'Modality av|över? Site|Unknown? Site? med_kontrast|utan_kontrast|m_kontrast?',
    (t) => imaging(t),
  ),
  rule('Action', 'kontroll av Hb', 'Action av|med|på|för|avseende|:? Analyses', (t) =>
    labTest(t.of('Action'), t.of('Analyses')),
  ),
  rule('Action', 'långtids-EKG 48 h', 'Action Duration', (t) => {
    const { kind, fields } = t.of('Action');
    return kind === 'service' && fields?.service !== undefined && t.of('Duration').max.unit === 'H'
      ? { ...t.of('Action'), fields: { ...fields, service: `${fields.service} ${t.node('Duration')!.text}` } }
      : undefined;
  }),
  rule('Action', 'nytt blodtryck', 'nytt|ny|nya|mäta|mät|kontrollera blodtryck|bt|puls|vikt|längd|saturation', (t) =>
    measurement(t),
  ),
  rule(
    'Action',
    'blodtrycket mäts',
    'blodtryck|blodtrycket|bt|puls|pulsen|vikt|vikten|saturation mäts|följs|tas|följs_upp|kontrolleras|mätes',
    (t) => measurement(t),
  ),
  rule('Action', 'residualurin kontrolleras', 'Action Action', (t) => {
    const [exam, check] = t.all('Action');
    const isVerb = check!.kind === 'check' && t.node('Action', 1)!.lower.endsWith('s');
    return isVerb && exam!.type === 'undersokning' && exam!.fields?.service !== undefined ? exam : undefined;
  }),
  rule('Action', 'följs upp med mammografi', 'Action med Filler? Action', (t) => {
    const [check, exam] = t.all('Action');
    const isVerb = check!.kind === 'check' && /(ras|följs|följs upp)$/.test(t.node('Action')!.lower);
    return isVerb && (exam!.type === 'undersokning' || exam!.type === 'rontgen') ? exam : undefined;
  }),
  rule('Action', 'följs upp med MR', 'Action med Filler? Modality Site? Site?', (t) =>
    t.of('Action').kind === 'check' && /(ras|följs|följs upp)$/.test(t.node('Action')!.lower) ? imaging(t) : undefined,
  ),
  rule('Action', 'kontroll ögonbotten', 'Action av? Action', (t) => {
    const [check, exam] = t.all('Action');
    const isNoun = check!.kind === 'check' && !t.node('Action')!.lower.endsWith('s');
    return isNoun && exam!.kind === 'service' && exam!.type === 'undersokning' ? exam : undefined;
  }),
  rule(
    'Action',
    'årskontroll KOL',
    'Action kol|astma|diabetes|hypertoni|hjärtsvikt|kärlkramp|förmaksflimmer|epilepsi|reumatism|psoriasis',
    (t) => controlOf(t.of('Action'), t),
  ),
  rule('Action', 'infusion järn', 'Action Analyses|Drug', (t) =>
    treatmentWith(t.of('Action'), t.node('Analyses') ?? t.node('Drug')!),
  ),
  rule('Action', 'nästa dos Prolia', 'nästa|ny|nytt dos|dosen|injektion|spruta|infusion Unknown|Drug|Name?', (t) => ({
    type: 'aterbesok',
    strength: 'weak',
    kind: 'service',
    fields: { service: (t.node('Unknown') ?? t.node('Drug') ?? t.node('Name'))?.text ?? 'dos' },
  })),
  rule('Action', 'Hb kontrolleras', 'Analyses Action', (t) =>
    t.of('Action').kind === 'check' ? labTest(t.of('Action'), t.of('Analyses')) : undefined,
  ),
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
    'vill|ska|skall|får? se|träffa|ha_tillbaka|återse|undersöka|ha_hit honom|henne|hen|Participant igen|åter|på_nytt|redan?',
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
    'jag vill ha tillbaka henne',
    'jag_vill_ha|vill_ha tillbaka|åter|hit|in honom|henne|hen|Participant',
    (t): ActionMeaning => ({
      type: 'aterbesok',
      strength: 'weak',
      kind: 'verb',
      ...(t.has('jag vill ha') && { fields: { practitioner: '@author' } }),
    }),
  ),
  rule('Action', 'ska patienten till dietist', 'Modal han|hon|hen|Participant Person', (t) => goesTo(t.of('Person'))),
  rule('Action', 'patienten ska till dietist', 'han|hon|hen|Participant Modal Person', (t) => goesTo(t.of('Person'))),
  rule(
    'Action',
    'jag ringer patienten med svaret',
    'jag? Action Participant|henne|honom|hen? med|om|angående Answer',
    (t) => callWithAnswer(t.of('Action'), t.has('jag')),
  ),
  rule(
    'Action',
    'jag ringer patienten med svaret på provet',
    'jag? Action Participant|henne|honom|hen? med|om|angående Answer på|av|från Action',
    (t) => {
      const call = callWithAnswer(t.of('Action'), t.has('jag'));
      return (
        call && {
          ...call,
          fields: { ...call.fields, reason: `svar ${nameOf(t.of('Action', 1), t.node('Action', 1)!.text)}` },
        }
      );
    },
  ),
  rule('Action', 'remiss till gastro', 'Action till Unknown Unknown?', (t) => {
    const receiver = [t.node('Unknown'), t.node('Unknown', 1)].filter((node) => node !== undefined);
    return t.of('Action').type === 'remiss' && t.of('Action').kind === undefined
      ? { ...t.of('Action'), strength: 'strong', fields: { ...t.of('Action').fields, to: textOf(receiver) } }
      : undefined;
  }),
  rule('Action', 'kontroll av njurstenen', 'Action av|: Site? Unknown|Site Unknown?', (t) => {
    const { kind, fields } = t.of('Action');
    const matter = [t.node('Site'), t.node('Unknown'), t.node('Unknown', 1)].filter((node) => node !== undefined);
    return kind === 'check' && fields?.service === undefined
      ? { ...t.of('Action'), fields: { ...fields, service: `kontroll av ${textOf(matter)}` } }
      : undefined;
  }),
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
  rule(
    'Action',
    'svar per telefon',
    'Answer ges|meddelas|lämnas|kommer|får|tas? per|via|på|över? Action',
    (t): ActionMeaning | undefined =>
      t.of('Action').type === 'telefon'
        ? {
            type: 'telefon',
            strength: 'strong',
            fields: { ...t.of('Action').fields, reason: 'svar' },
            givesResult: true,
          }
        : undefined,
  ),
  rule(
    'Action',
    'svar via 1177',
    'Answer ges|skickas|meddelas|lämnas|kommer|får|läggs|läggs_ut? via|på|genom|i 1177|nätet|journalen|appen|digitalt',
    (t): ActionMeaning => ({
      type: 'brev',
      strength: 'strong',
      fields: { reason: 'provsvar', delivery: t.has('1177') ? '1177' : 'digital' },
      givesResult: true,
    }),
  ),
  rule('Action', 'brev med provsvar', 'Action till? Filler? Participant? med|om|angående Answer', (t) =>
    answerBy(t.of('Action'), t.node('Answer')!.lower),
  ),
  rule(
    'Action',
    'skickas hem till patienten',
    'skickas|skicka|skickar|sänds|sänd|postas hem? till Participant',
    (t): ActionMeaning | undefined =>
      t.of('Participant') === 'patient' ? { type: 'brev', strength: 'strong', kind: 'verb' } : undefined,
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
