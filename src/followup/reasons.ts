import type { FlagName } from '../contracts/followup-flags.ts';
import { type LocalDate, parseLocalDate } from './calendar/local-date.ts';
import { sayDate } from './calendar/say.ts';

interface Cause {
  /** The date or the request that the flag carries. */
  readonly carried: string | undefined;
  /** The words that gave cause. */
  readonly words: string | undefined;
  /** The day of the note: another year is said with a date. */
  readonly ref: LocalDate;
}

/** Why a flag was raised, in a sentence for staff. */
export function reasonFor(name: FlagName, { carried = '', words, ref }: Cause): string {
  const said = words === undefined || words === '' ? '' : ` ("${words}")`;
  const date = parseLocalDate(carried);
  // By functions, for the words may hold what "replace" takes for a pattern.
  return SENTENCES[name].replace('{dag}', () => (date ? sayDate(date, ref) : carried)).replace('{ord}', () => said);
}

const SENTENCES: Readonly<Record<FlagName, string>> = {
  role_default_author: 'Det står inte hos vem: den som skrev anteckningen föreslås.',
  lab_offset_default: 'Det står inte hur lång tid före besöket proverna ska tas: enhetens standard föreslås.',
  offset_default: 'Det står inte hur lång tid efteråt: enhetens standard föreslås.',
  needs_referral: 'Undersökningen kräver en remiss.',
  holiday_in_window: 'Det finns en helgdag i tiden: {dag}.',
  target_on_bridge_day: 'Dagen är en klämdag: {dag}.',
  target_on_excluded_weekday: 'Måldagen är en dag som patienten inte kan: {dag}.',
  target_on_weekend: 'Måldagen är en lördag eller söndag: {dag}.',
  window_touches_weekend: 'Tiden börjar eller slutar på en helg: {dag}.',
  analyses_missing: 'Det står inte vilka prover som ska tas.',
  letter_to_guardian: 'Patienten är ett barn: kallelsen går till vårdnadshavaren.',
  vardgaranti_90: 'Tiden är vårdgarantins 90 dagar.',
  visit_kind_assumed: 'Det står inte vilket slags besök: ett återbesök på mottagningen antas{ord}.',
  check_patient_matches_open_record: 'Ett personnummer står i texten: kontrollera att det är rätt journal{ord}.',
  series_without_end: 'Det står inte hur många gånger eller hur länge det ska upprepas{ord}.',
  time_missing: 'Det står inte när{ord}.',
  no_upper_bound: 'Det står tidigast när, men inte senast{ord}.',
  season_fuzzy: 'Tiden har ingen bestämd början och slut{ord}.',
  self_correction: 'Talaren rättade sig: kontrollera att rätt uppgift gäller{ord}.',
  voice_command: 'Ett talat kommando tog bort text{ord}.',
  competing_times: 'Flera tider nämns: kontrollera att rätt tid gäller{ord}.',
  copy_from_missed_booking: 'Patienten uteblev: uppgifterna hämtas från den missade bokningen{ord}.',
  refers_to_existing_plan: 'Tiden står i en tidigare plan{ord}.',
  medication_instruction_verbatim: 'En läkemedelsinstruktion ska följa med ordagrant{ord}.',
  protected_identity: 'Patienten har skyddade personuppgifter: följ rutinen{ord}.',
  vague_offset: 'Avståndet till besöket är obestämt{ord}.',
  base_date_unknown: 'Datumet som tiden räknas från är inte känt{ord}.',
  short_window_weekend: 'Tiden är kort och täcks nästan helt av en helg{ord}.',
  uncertain_hearing: 'Orden är osäkert uppfattade: kontrollera mot det som sades{ord}.',
  unread_text: 'En del av texten kunde inte tolkas{ord}.',
  patient_books: 'Patienten verkar boka tiden själv: kontrollera vem som bokar{ord}.',
  patient_declines: 'Patienten har tackat nej eller inte bestämt sig{ord}.',
  hearsay: 'Texten återger vad någon annan har sagt eller skrivit: kontrollera att det gäller{ord}.',
  event_triggered: 'Bokningen väntar på en händelse{ord}.',
  conditional: 'Bokningen gäller bara under ett villkor{ord}.',
  needs_clinical_decision: 'Ett medicinskt ställningstagande behövs först{ord}.',
  vague_time: 'Tiden är obestämd: bara den som skrev kan säga när{ord}.',
  what_missing: 'Det står inte vad som ska kontrolleras{ord}.',
  role_missing: 'Det står inte hos vem{ord}.',
  unit_missing: 'Det står inte vart{ord}.',
  urgency_unclear: 'Det står inte hur bråttom det är{ord}.',
  invalid_date: 'Datumet finns inte eller har passerat{ord}.',
  weekday_date_mismatch: 'Veckodagen stämmer inte med datumet{ord}.',
  ambiguous_abbrev: 'Förkortningen kan betyda flera saker{ord}.',
  other_person: 'Texten handlar om någon annan än patienten{ord}.',
  safety_info: 'Säkerhetsuppgift inför undersökningen: den som skrev behöver bedöma{ord}.',
  historical: 'Texten berättar om något som har varit{ord}.',
  already_done: 'Det är redan gjort eller bokat{ord}.',
  patient_initiated: 'Patienten hör av sig själv vid behov{ord}.',
};
