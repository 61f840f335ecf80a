import type { LetterContents, LetterVisit } from '../contracts/letter.ts';
import type { SampleLetter, UnitContactBody } from '../contracts/letter-texts-api.ts';
import { linesOfAddress } from './address.ts';

/** What a unit's texts are tried on. */
export interface SampleOf {
  readonly unitName: string;
  readonly contact: UnitContactBody;
  /** Of the visit type whose texts they are. */
  readonly visitTypeName: string | undefined;
  readonly sample: SampleLetter;
  /** YYYY-MM-DD, in Sweden. */
  readonly today: string;
}

const DAY_MS = 24 * 3600_000;
const IN_DAYS = 21;
const TUESDAY = 2;
const AT_UTC = 'T08:30:00Z';
const NO_PHONE = 'telefonnummer saknas';

const PATIENT = { name: 'Anna Exempel' };
const CHILD = { name: 'Alva Exempel' };
const ADDRESS_LINES = ['Exempelgatan 4', '123 45 Exempelstad'];

/** A letter to somebody made up, in which every text block that fits its kind is used. */
export function sampleContents({ unitName, contact, visitTypeName, sample, today }: SampleOf): LetterContents {
  const { phone, phoneHours, address, directions } = contact;
  const isOpen = sample === 'open';
  const isGuardian = sample === 'guardian';
  const day = aTuesday(today);
  const what = visitTypeName ?? 'Återbesök läkare';
  const visit: LetterVisit = {
    meeting: 'here',
    startsAt: `${day}${AT_UTC}`,
    durationMinutes: 30,
    what,
    meets: 'Kim Exempel',
    preparations: [],
  };
  return {
    form: isOpen ? 'open' : 'timed',
    writtenOn: today,
    patient: isGuardian ? CHILD : PATIENT,
    recipient: { ...PATIENT, addressLines: ADDRESS_LINES },
    unit: {
      name: unitName,
      addressLines: linesOfAddress(address),
      directions: directions ?? undefined,
      phone: phone ?? NO_PHONE,
      phoneHours: phoneHours ?? undefined,
    },
    visits: isOpen ? [] : [visit],
    ...(isOpen && { toBook: { what, latestDay: day, preparations: [] } }),
    answer: { address: 'https://kliniken.example/min-tid', code: 'EXEMPEL' },
    isGuardian,
    interpreterLanguage: sample === 'interpreter' ? 'fi' : undefined,
    hasProtectedIdentity: sample === 'protected',
    hasLargePrint: sample === 'large-print',
  };
}

/** In three weeks or a little more. */
function aTuesday(today: string): string {
  const soon = new Date(Date.parse(`${today}T00:00:00Z`) + IN_DAYS * DAY_MS);
  soon.setUTCDate(soon.getUTCDate() + ((TUESDAY - soon.getUTCDay() + 7) % 7));
  return soon.toISOString().slice(0, 10);
}
