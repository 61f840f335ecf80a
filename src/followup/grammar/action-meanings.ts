import type { Taken } from './pattern.ts';
import type { ActionMeaning, PersonMeaning, TimeMeaning } from './values.ts';

/** A booking that is to be moved or cancelled, with its day where that was said. */
export function booking(
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

export function imaging(t: Taken): ActionMeaning {
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

export function labTest(action: ActionMeaning, analyses: readonly string[]): ActionMeaning | undefined {
  const isLab = action.kind === 'check' || action.type === 'provtagning';
  return isLab && !action.fields?.service
    ? { type: 'provtagning', strength: 'weak', fields: { analyses: [...analyses] } }
    : undefined;
}

export function vaccination(
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
export function called(call: ActionMeaning, what: ActionMeaning): ActionMeaning | undefined {
  return call.kind === 'call' && what.kind !== 'call' ? { ...what, strength: 'strong' } : undefined;
}

/** A call that tells the result of what was named before it. */
export function callWithAnswer(
  { type, strength, fields }: ActionMeaning,
  isAuthor: boolean,
): ActionMeaning | undefined {
  if (type !== 'telefon' || strength === 'strong') return undefined;
  return {
    type,
    strength: 'weak',
    fields: { ...fields, ...(isAuthor && { practitioner: '@author' }), reason: 'svar' },
    givesResult: true,
  };
}

export function answerBy(action: ActionMeaning, answer = 'provsvar'): ActionMeaning | undefined {
  if (action.type !== 'brev') return undefined;
  return {
    ...action,
    strength: 'strong',
    fields: { reason: answer.startsWith('svar') ? 'provsvar' : answer },
    givesResult: true,
  };
}

/** What is measured with no name for it as an examination. */
export function measurement(t: Taken): ActionMeaning {
  const measured = ['puls', 'pulsen'].some((word) => t.has(word))
    ? 'pulskontroll'
    : ['vikt', 'vikten', 'längd'].some((word) => t.has(word))
      ? 'viktkontroll'
      : t.has('saturation')
        ? 'saturationsmätning'
        : 'blodtryckskontroll';
  return { type: 'undersokning', strength: 'weak', kind: 'service', fields: { service: measured } };
}

/** A visit to somebody with a role in care; "ska till tandläkaren" is told of what is booked elsewhere. */
export function goesTo({ role, practitioner }: PersonMeaning): ActionMeaning | undefined {
  if (role === undefined || role === 'tandlakare') return undefined;
  const fields = { role, ...(practitioner !== undefined && { practitioner }) };
  return { type: 'aterbesok', strength: 'strong', kind: 'visit', fields };
}

/** What is given at the visit is no analysis, and no dose that the patient takes. */
export function treatmentWith(action: ActionMeaning, { text }: { readonly text: string }): ActionMeaning | undefined {
  const service = action.fields?.service;
  return action.kind === 'service' && service !== undefined && /infusion|injektion|spruta|dropp|depå/i.test(service)
    ? { ...action, fields: { ...action.fields, service: `${service} ${text}` } }
    : undefined;
}

/** What a yearly check is of. */
export function controlOf(action: ActionMeaning, t: Taken): ActionMeaning | undefined {
  const service = action.fields?.service;
  const disease = t.last().text;
  return service !== undefined && /(kontroll|besök|uppföljning)$/.test(service)
    ? { ...action, fields: { ...action.fields, service: `${service} ${disease}` } }
    : undefined;
}

export function textOf(nodes: readonly { readonly text: string }[]): string {
  return nodes.map(({ text }) => text).join(' ');
}

export function nameOf({ fields }: ActionMeaning, text: string): string {
  return fields?.service ?? fields?.analyses?.join(', ') ?? text;
}
