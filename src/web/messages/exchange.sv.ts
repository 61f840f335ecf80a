import type {
  ImportAction,
  ImportCounts,
  ImportFault,
  ImportKind,
  ImportProblem,
} from '../../contracts/exchange-api.ts';
import type { ExportFormat } from '../../contracts/export-api.ts';

/** Every word of the page where tables come in and data goes out. */
export const EXCHANGE_MESSAGES = {
  exchangeTitle: 'Import och export – Taltid',
  importHeading: 'Läs in från fil',
  importHint:
    'CSV-filer från ert gamla system eller från ett kalkylprogram, eller en FHIR-samling (Bundle, JSON). Du ser först vad som händer med varje rad. Inget tas bort, och tomma rutor ändrar inget.',
  notYours: 'Sidan är för den som har administrations- eller driftrollen.',
  unit: 'Enhet',
  kindLegend: 'Vad innehåller filen?',
  template: 'Hämta en tom fil med rubrikerna',
  order: 'Läs in i den här ordningen: personal, resurser, besökstyper, veckomallar, patienter, bokningar.',
  drop: 'Släpp filen här, eller',
  choose: 'Välj fil …',
  chooseOther: 'Välj en annan fil …',
  reading: 'Läser filen …',
  previewHeading: (file: string) => `Så här blir det: ${file}`,
  encoding: 'Filen är skriven med Windows teckenkodning. Kontrollera att å, ä och ö ser rätt ut.',
  unknownColumns: (columns: readonly string[]) =>
    `${columns.length === 1 ? 'Kolumnen' : 'Kolumnerna'} ${columns.join(', ')} används inte.`,
  show: 'Visa',
  showAll: 'Alla rader',
  nothingShown: 'Inga sådana rader.',
  more: (count: number) => `Och ${count} rader till av samma slag.`,
  line: 'Rad',
  action: 'Vad händer',
  what: 'Vem eller vad',
  exportHeading: 'Hämta ut',
  exportHint: 'Allt som hämtas ut loggas på varje patient. Anledningen sparas.',
  exportLegend: 'Vad ska hämtas ut?',
  exportKind: 'Sorts rader',
  personalNumber: 'Patientens personnummer',
  exportReason: 'Varför hämtas det ut?',
  exportReasonHint: 'Till exempel: patienten har begärt registerutdrag, eller: flytt till annat system.',
  export: 'Hämta ut',
  exportAsked: 'Filen hämtas. Stäng inte sidan förrän webbläsaren har den.',
  nameless: 'Utan namn',
  details: 'Vad som ändras, eller varför inte',
  apply: (counts: ImportCounts) => `Läs in ${sayTaken(counts)}`,
  refusedStay: (count: number) =>
    count === 1
      ? 'En rad lämnas utanför: rätta den i filen och läs in igen.'
      : `${count} rader lämnas utanför: rätta dem i filen och läs in igen.`,
  nothingToApply: 'Det finns inget att läsa in: allt som går att läsa finns redan.',
  applying: 'Läser in …',
  applied: (counts: ImportCounts) => `Klart: ${sayTaken(counts)}.`,
  noPasswords: 'Kontona har inga lösenord än. Gör en länk till var och en under Drift, Konton.',
  from: (from: string | null, to: string) => (from === null ? to : `${from} → ${to}`),
  keys: [
    [['Alt N'], 'Välj fil'],
    [['Alt A'], 'Läs in det som visas'],
  ],
} as const;

export const KIND_WORDS: Readonly<Record<ImportKind, string>> = {
  patients: 'Patienter',
  staff: 'Personal',
  resources: 'Resurser',
  visit_types: 'Besökstyper',
  slot_templates: 'Veckomallar',
  bookings: 'Bokningar',
};

export const KIND_HINTS: Readonly<Record<ImportKind, string>> = {
  patients:
    'Personnummer, förnamn och efternamn; skyddad identitet, tolkspråk, telefon, e-post, adress och vårdnadshavarens personnummer om de finns.',
  staff: 'Namn och roller: vårdpersonal, administration, drift. Användarnamn eller HSA-id. Utan roller avgör yrket.',
  resources: 'Namn och slag: person, roll, rum, utrustning, tolk. Personer känns igen på användarnamn eller HSA-id.',
  visit_types: 'Namn, form (som Återbesök eller Provtagning) och minuter. Rum och utrustning räknas upp med komma.',
  slot_templates: 'Hos vem, veckodag, från, till, minuter per tid och från vilket datum mallen gäller.',
  bookings: 'Personnummer, datum, tid, besökstyp och hos vem. De läggs i tidboken utan uppgift i kön.',
};

export const ACTION_WORDS: Readonly<Record<ImportAction, string>> = {
  new: 'Ny',
  changed: 'Ändras',
  same: 'Finns redan',
  refused: 'Lämnas utanför',
};

export const FAULT_WORDS: Readonly<Record<ImportFault, string>> = {
  missing: 'saknas',
  too_long: 'är för långt',
  twice: 'finns på en rad till, eller hos någon annan',
  yes_or_no: 'ska vara Ja eller Nej',
  personal_number: 'stämmer inte: kontrollera siffrorna och kontrollsiffran',
  other_unit: 'finns hos en annan enhet',
  other_unit_too: 'arbetar på en annan enhet också: kontot ändras av den som sköter alla dess enheter',
  unknown_guardian: 'finns inte bland patienterna: ge vårdnadshavaren en egen rad',
  guardian_younger: 'ska vara äldre än patienten',
  language: 'är inget språk som känns igen: skriv dess namn på svenska, eller koden',
  phone: 'ser inte ut som ett telefonnummer',
  email: 'ser inte ut som en e-postadress',
  username: 'ska vara bokstäver, siffror och . _ @ -',
  username_taken: 'är upptaget av ett konto som inte är er enhets, eller är stängt',
  hsa_id: 'ser inte ut som ett HSA-id',
  account_role: 'ska vara vårdpersonal, administration eller drift',
  own_account: 'tar driftrollen från ditt eget konto',
  not_this_unit: 'är en annan än den som filen läses in till',
  profession: 'är inget yrke',
  kind: 'ska vara person, roll, rum, utrustning eller tolk',
  not_changed: 'går inte att ändra så här',
  unknown_staff: 'finns inte bland enhetens konton: läs in personalen först',
  unknown_patient: 'finns inte: läs in patienterna först',
  unknown_resource: 'finns inte i tidboken: läs in resurserna först',
  unknown_visit_type: 'finns inte bland enhetens besökstyper',
  several: 'finns flera gånger i tidboken med samma namn',
  date: 'är inget datum: skriv som 2026-04-14',
  time: 'är ingen tid: skriv som 08:30',
  past: 'har passerat',
  too_far: 'ligger mer än tre år bort',
  duration: 'ska vara 5 till 600 minuter',
  slot_minutes: 'ska vara 5 till 480 minuter',
  extra_minutes: 'ska vara 0 till 240 minuter',
  request_type: 'är ingen besöksform: skriv till exempel Återbesök eller Provtagning',
  weekday: 'är ingen veckodag',
  weeks: 'ska vara 1 till 8',
  days_before: 'ska vara 0 till 365 dagar',
  until_before: 'ska ligga efter början, med plats för minst en tid',
  patient_busy: 'har en annan tid då',
  resource_busy: 'är upptagen då',
};

export function problemWords(problem: ImportProblem): string {
  switch (problem.kind) {
    case 'unreadable':
      return problem.line === null
        ? 'Filen går inte att läsa. Spara den som CSV och försök igen.'
        : `Filen går inte att läsa vid rad ${problem.line}. Kontrollera citattecknen där.`;
    case 'no_rows':
      return 'Filen har inga rader under rubrikerna.';
    case 'too_many_rows':
      return `Filen är för lång: högst ${problem.most} rader åt gången. Dela den.`;
    case 'missing_columns':
      return `${problem.columns.length === 1 ? 'Kolumnen' : 'Kolumnerna'} ${problem.columns.join(', ')} saknas. Första raden ska ha rubrikerna.`;
    case 'column_twice':
      return `${problem.columns.join(', ')} är samma kolumn som en annan.`;
    default:
      return problem satisfies never;
  }
}

const ERRORS: Readonly<Record<string, string>> = {
  CONNECTION: 'Ingen kontakt med servern. Läs in filen igen när den svarar: inget blir dubbelt.',
  NOT_SIGNED_IN: 'Du är inte inloggad längre. Ladda om sidan.',
  ROLE_NOT_ALLOWED: 'Personal läses in av den som har driftrollen.',
  REQUEST_TOO_LARGE: 'Filen är för stor: högst 8 MB.',
  CONFLICT: 'Något har ändrats sedan förhandsvisningen. Inget är inläst: titta igen på vad som händer.',
  TIME_TAKEN: 'Någon hann boka en av tiderna. Inget är inläst: titta igen på vad som händer.',
  DATABASE_BUSY: 'Databasen är upptagen. Inget är inläst: försök igen.',
  FILE_UNREADABLE: 'Filen går inte att läsa.',
};

export function exchangeError(code: string): string {
  return ERRORS[code] ?? `Något gick fel på servern (${code}). Inget är inläst.`;
}

function sayTaken({ new: added, changed }: ImportCounts): string {
  const parts = [
    ...(added > 0 ? [added === 1 ? 'en ny' : `${added} nya`] : []),
    ...(changed > 0 ? [changed === 1 ? 'en ändrad' : `${changed} ändrade`] : []),
  ];
  return parts.join(' och ');
}

export const EXPORT_WORDS: Readonly<Record<ExportFormat, { readonly name: string; readonly hint: string }>> = {
  ndjson: { name: 'Allt som enheten äger', hint: 'En rad JSON för varje post. Inspelat ljud ingår inte.' },
  import: {
    name: 'En fil som går att läsa in igen',
    hint: 'Patienter, personal, det tidboken bygger på eller kommande bokningar, i samma kolumner som importen.',
  },
  csv: { name: 'En sorts rader för kalkylprogram', hint: 'Till exempel alla bokade tider, som CSV.' },
  html: { name: 'Registerutdrag för en patient', hint: 'Att läsa och skriva ut.' },
  json: { name: 'Registerutdrag för en patient, för program', hint: 'Samma uppgifter som JSON.' },
};

const EXPORT_ERRORS: Readonly<Record<string, string>> = {
  NOT_FOUND: 'Patienten finns inte på enheten.',
  REQUEST_INVALID: 'Personnumret stämmer inte, eller så är anledningen för kort: minst tio tecken.',
  ROLE_NOT_ALLOWED: 'Det här gör den som har driftrollen.',
  CONNECTION: 'Ingen kontakt med servern. Försök igen.',
  NOT_SIGNED_IN: 'Du är inte inloggad längre. Ladda om sidan.',
};

export function exportError(code: string): string {
  return EXPORT_ERRORS[code] ?? `Något gick fel på servern (${code}). Inget är uthämtat.`;
}
