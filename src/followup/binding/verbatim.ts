import type { RequestType } from '../../contracts/followup.ts';
import { type Draft, setField } from './draft.ts';
import type { Bound, Verbatim } from './state.ts';

/** Examinations and treatments that a pacemaker, an allergy or a pregnancy can stand in the way of. */
const CAN_HARM: readonly RequestType[] = ['rontgen', 'undersokning', 'vaccination'];
const REACHES_SENTENCES = 2;

/** Gives requests what is to be passed on word for word: safety to examinations, orders about medicines to visits. */
export function keepVerbatim({ safety, instructions }: Bound, plans: readonly Draft[], text: string): void {
  for (const verbatim of safety) {
    const exams = plans.filter((plan) => CAN_HARM.includes(plan.type) && isConcerned(plan, verbatim));
    keep(nearestTo(verbatim, exams), 'safety_verbatim', 'safety_info', verbatim, text);
  }
  for (const verbatim of instructions) {
    const meetings = plans.filter(({ type }) => !['remiss', 'brev', 'avbokning'].includes(type));
    keep(nearestTo(verbatim, meetings), 'prep_verbatim', 'medication_instruction_verbatim', verbatim, text);
  }
}

function isConcerned(plan: Draft, { concerns }: Verbatim): boolean {
  switch (concerns) {
    case 'kidneys':
      return takesContrast(plan);
    case 'pregnancy':
      return !isForPregnant(plan);
    case undefined:
      return true;
    default:
      throw concerns satisfies never;
  }
}

/** What a midwife does, and ultrasound, is done because of it. */
function isForPregnant({ fields }: Draft): boolean {
  return fields.role === 'barnmorska' || (fields.service ?? '').startsWith('ultraljud');
}

/** DT and MR may be done with contrast unless said otherwise. */
function takesContrast({ fields }: Draft): boolean {
  const service = fields.service ?? '';
  return /^(DT|MR|PET)|med kontrast/.test(service) && !service.includes('utan kontrast');
}

function keep(
  draft: Draft | undefined,
  field: 'safety_verbatim' | 'prep_verbatim',
  flag: 'safety_info' | 'medication_instruction_verbatim',
  { at }: Verbatim,
  text: string,
): void {
  if (!draft) return;
  setField(draft, field, [...(draft.fields[field] ?? []), text.slice(at.start, at.end)], at);
  draft.flags.push({ name: flag, at });
}

/** In the same sentence first, then in the ones after and before. */
function nearestTo({ sentence }: Verbatim, drafts: readonly Draft[]): Draft | undefined {
  const distance = (draft: Draft) => Math.abs(draft.sentence - sentence) * 2 - (draft.sentence > sentence ? 1 : 0);
  return drafts
    .filter((draft) => Math.abs(draft.sentence - sentence) <= REACHES_SENTENCES)
    .toSorted((one, other) => distance(one) - distance(other))[0];
}
