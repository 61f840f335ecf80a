import type { LetterContents } from '../../src/contracts/letter.ts';
import { LetterContents as Schema } from '../../src/contracts/letter.ts';

/** A letter about a visit with a test before it, at a made-up clinic; `changes` replace its parts. */
export function letterContents(changes: Partial<LetterContents> = {}): LetterContents {
  return Schema.parse({
    form: 'timed',
    writtenOn: '2026-03-10',
    patient: { name: 'Małgorzata Åkesson' },
    recipient: { name: 'Małgorzata Åkesson', addressLines: ['Demogatan 4', '123 45 Demostad'] },
    unit: {
      name: 'Hjärtmottagningen Demo',
      addressLines: ['Sjukhusvägen 1', '123 46 Demostad'],
      directions: 'Gå in genom huvudentrén och ta hiss B till plan 3.',
      phone: '010-123 45 67',
      phoneHours: 'vardagar kl. 8.00–10.00',
    },
    visits: [
      {
        meeting: 'here',
        startsAt: '2026-04-17T08:15:00+02:00',
        durationMinutes: 15,
        what: 'Provtagning',
        place: 'Laboratoriet, plan 1',
        preparations: [{ original: 'fastande', plain: 'Ät och drick ingenting från midnatt. Vatten går bra.' }],
      },
      {
        meeting: 'here',
        startsAt: '2026-04-24T10:30:00+02:00',
        durationMinutes: 30,
        what: 'Återbesök',
        meets: 'Elin Lind, läkare',
        preparations: [],
      },
    ],
    answer: { address: 'https://klinik.example/min-tid', code: 'K7P-4QX' },
    isGuardian: false,
    hasProtectedIdentity: false,
    hasLargePrint: false,
    ...changes,
  });
}
