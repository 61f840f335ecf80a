import type { Exported } from './export-rows.ts';

/** What each kind of rows is called for the patient, in the order of the file. Others come after, by their own names. */
const HEADINGS: Readonly<Record<string, string>> = {
  patients: 'Personuppgifter',
  patient_units: 'Enheter',
  encounters: 'Besök',
  appointments: 'Bokade tider',
  appointment_steps: 'Vad som hänt med tiderna',
  notes: 'Anteckningar',
  note_versions: 'Anteckningarnas text, version för version',
  note_drafts: 'Utkast',
  follow_ups: 'Uppföljningar',
  decisions: 'Beslut om uppföljningar',
  booking_requests: 'Bokningsunderlag',
  admin_tasks: 'Uppgifter i bokningskön',
  questions: 'Frågor och svar',
  letters: 'Brev',
  letter_deliveries: 'Brevens väg',
  letter_steps: 'Vad som hänt med breven',
  named_contacts: 'Fast vårdkontakt',
  patient_wishes: 'Önskemål om tider',
  reminders: 'Påminnelser till personalen',
  visit_reminders: 'Påminnelser om besök',
  utterances: 'Dikterat',
  dictations: 'Inspelade diktat',
};

const STYLE = `body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b2426}
h2{margin-top:2rem}article{border-top:1px solid #ccd5d7;padding:.5rem 0}
dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.1rem 1rem;margin:0}
dt{color:#56646a}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}`;

const TIME = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', dateStyle: 'long', timeStyle: 'short' });

/** An extract of one patient's rows to read and to print. */
export async function* patientExtract(rows: AsyncGenerator<Exported>): AsyncGenerator<string> {
  yield `<!doctype html>\n<html lang="sv"><head><meta charset="utf-8"><title>Registerutdrag</title><style>${STYLE}</style></head>\n<body><h1>Registerutdrag</h1>\n`;
  let last: string | undefined;
  for await (const { kind, row } of rows) {
    if (kind !== last) yield `<h2>${escaped(HEADINGS[kind] ?? kind)}</h2>\n`;
    last = kind;
    yield `<article><dl>${Object.entries(row).map(line).join('')}</dl></article>\n`;
  }
  yield '</body></html>\n';
}

function line([column, value]: readonly [string, unknown]): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return '';
  return `<dt>${escaped(column.replaceAll('_', ' '))}</dt><dd>${escaped(said(value))}</dd>`;
}

function said(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'ja' : 'nej';
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return TIME.format(new Date(value));
  if (typeof value === 'object') return saidParts(value as object);
  return String(value);
}

/** What has parts, a part a line. */
function saidParts(value: object): string {
  if (Array.isArray(value)) return value.map(said).join('\n');
  return Object.entries(value)
    .filter(([, part]) => part !== null && part !== '')
    .map(([name, part]) => `${name}: ${said(part)}`)
    .join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
