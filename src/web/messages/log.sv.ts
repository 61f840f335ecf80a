import type { AccessPurpose, AuditAction, SystemActor } from '../../contracts/access.ts';

/** The words of the log page. */
export const LOG_MESSAGES = {
  logTitle: 'Logg – Taltid',
  searchHeading: 'Vem har sett eller ändrat?',
  searchHint: 'Sök en patient. Sökningen och det du läser här loggas också.',
  search: 'Namn eller personnummer',
  doSearch: 'Sök',
  searching: 'Söker …',
  noneFound: 'Ingen patient på dina enheter börjar så. Prova början av ett namn, eller de första siffrorna i numret.',
  protectedIdentity: 'Skyddad identitet',
  showIdentity: 'Visa vem det är',
  showNumber: 'Visa hela numret',
  logOfPatient: 'Patientens logg',
  chooseOther: 'Sök en annan patient',
  from: 'Från och med',
  to: 'Till och med',
  when: 'När',
  who: 'Vem',
  what: 'Vad',
  where: 'Enhet',
  why: 'Varför',
  noLines: 'Inget är loggat de dagarna.',
  more: 'Visa äldre',
  loading: 'Hämtar loggen …',
  notYours: 'Loggen läses av den som har driftrollen.',
  severalUnits: 'flera',
} as const;

const ACTIONS: Readonly<Record<AuditAction, string>> = {
  read: 'läste',
  search: 'sökte fram',
  list: 'såg i lista',
  export: 'hämtade ut',
  create: 'skapade',
  update: 'ändrade',
  delete: 'tog bort',
  login: 'loggade in',
  'login-refused': 'nekades inloggning',
  logout: 'loggade ut',
  'account-changed': 'ändrade konto',
  'job-changed': 'tog hand om ett jobb som inte gick',
};

const OBJECTS: Readonly<Record<string, string>> = {
  patients: 'patientuppgifter',
  patient_units: 'enheter för patienten',
  encounters: 'besök',
  notes: 'anteckning',
  note_drafts: 'utkast till anteckning',
  note_versions: 'version av anteckning',
  utterances: 'dikterat',
  follow_ups: 'uppföljning',
  decisions: 'beslut',
  booking_requests: 'begäran',
  admin_tasks: 'uppgift i bokningskön',
  questions: 'fråga',
  dictations: 'inspelat diktat',
  visit_reminders: 'påminnelse om besök',
  exports: 'registerutdrag eller export',
  sick_day_visits: 'besök på en sjukdag',
  reminders: 'påminnelse',
  letters: 'brev',
  letter_deliveries: 'brevets väg till patienten',
  letter_steps: 'vad som hänt med ett brev',
  print_batches: 'utskriftsbunt',
  answer_codes: 'kod till patientens sida',
  named_contacts: 'fast vårdkontakt',
  plan: 'patientens plan',
  earlier_wishes: 'önskan om en tidigare tid',
  patient_wishes: 'önskemål om tider',
  offers: 'erbjuden tid',
  offer_visits: 'erbjuden tid',
  appointments: 'bokad tid',
  appointment_steps: 'vad som hänt med en bokad tid',
  queue: 'bokningskön',
  audit_events: 'loggen',
};

const SYSTEM: Readonly<Record<SystemActor, string>> = {
  setup: 'Taltid: första starten',
  login: 'Taltid: inloggning',
  'booking-worker': 'Taltid: bokningskön',
  'dictation-worker': 'Taltid: inspelade diktat',
  reminders: 'Taltid: påminnelser',
  delivery: 'Taltid: leveranser',
  'patient-page': 'Taltid: patientens sida',
};

export const PURPOSES: Readonly<Record<AccessPurpose, string>> = {
  care: 'vård',
  booking: 'bokning',
  administration: 'administration',
  'follow-up': 'uppföljning',
  'own-data': 'egna uppgifter',
  operation: 'drift',
};

/** "läste anteckning" */
export function actInWords(action: AuditAction, objectKind: string): string {
  return `${ACTIONS[action]} ${OBJECTS[objectKind] ?? objectKind}`;
}

export function actorInWords(actorName: string | null, actorId: string): string {
  const system: Readonly<Record<string, string>> = SYSTEM;
  return actorName ?? system[actorId] ?? actorId;
}

export function logError(code: string): string {
  if (code === 'CONNECTION') return 'Ingen kontakt med servern. Kontrollera att den är igång och försök igen.';
  if (code === 'NOT_FOUND') return 'Patienten finns inte på dina enheter.';
  if (code === 'REQUEST_INVALID') return 'Skriv minst två tecken av ett namn eller fyra siffror av ett nummer.';
  return `Något gick fel på servern (${code}). Försök igen.`;
}
