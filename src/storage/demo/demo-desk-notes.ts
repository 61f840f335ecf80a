import type { FollowUpRequest } from '../../contracts/followup.ts';
import { asked, type DemoNote } from './demo-note.ts';

/** Family names of patients who are sent an open letter as soon as the demo clinic is there. */
export const OPEN_LETTERS_TO: readonly string[] = ['Rosengren'];

/**
 * What the desk works with, each once: a series, a time to move and one to cancel, a chain whose letter is not written,
 * an open letter, a child, a protected identity. Days are counted from `today` (YYYY-MM-DD).
 */
export function deskNotes(today: string): DemoNote[] {
  const visit = (expr: string, targetInDays: number, more: Partial<FollowUpRequest> = {}) =>
    asked(today, 'R1', 'aterbesok', { expr, kind: 'om', targetInDays }, { role: 'lakare', ...more });
  const done = { decide: 'confirmed', route: 'auto' } as const;
  return [
    {
      patient: 'Jonsson',
      author: 'lind',
      daysAgo: 12,
      end: 'signed',
      assessment: 'Nyinsatt blodtrycksbehandling.',
      plan: 'Återbesök hos distriktssköterska varje månad, tre gånger.',
      followUps: [
        {
          words: 'Återbesök hos distriktssköterska varje månad, tre gånger',
          fields: visit('varje månad', 18, { role: 'distriktsskoterska', series: { count: 3, interval: 'P1M' } }),
          ...done,
          task: 'new',
        },
      ],
    },
    {
      patient: 'Nyqvist',
      author: 'sandberg',
      daysAgo: 2,
      end: 'signed',
      assessment: 'Ringer: har fått förhinder på jobbet.',
      plan: 'Boka om besöket till en eftermiddag, helst om två veckor.',
      followUps: [
        {
          words: 'Boka om besöket till en eftermiddag, helst om två veckor',
          fields: asked(
            today,
            'R1',
            'ombokning',
            { expr: 'om två veckor', kind: 'om', targetInDays: 12 },
            { patient_pref: { daypart: 'eftermiddag' } },
          ),
          ...done,
          task: 'new',
        },
      ],
    },
    {
      patient: 'Berglund',
      author: 'nordin',
      daysAgo: 1,
      end: 'signed',
      assessment: 'Såret läkt, omläggningen behövs inte längre.',
      plan: 'Avboka besöket hos distriktssköterskan.',
      followUps: [
        {
          words: 'Avboka besöket hos distriktssköterskan',
          fields: { id: 'R1', type: 'avbokning', role: 'distriktsskoterska' },
          decide: 'confirmed',
          route: 'review',
          task: 'new',
        },
      ],
    },
    {
      patient: 'Fagerberg',
      author: 'lind',
      daysAgo: 7,
      end: 'signed',
      assessment: 'Hyperlipidemi, ny behandling.',
      plan: 'Återbesök om fem veckor, prover en vecka innan. Fastande.',
      followUps: [
        { words: 'Återbesök om fem veckor', fields: visit('om fem veckor', 28), ...done, task: 'booked' },
        {
          words: 'prover en vecka innan',
          fields: asked(
            today,
            'R2',
            'provtagning',
            { expr: 'en vecka innan', kind: 'relativ', targetInDays: 21 },
            { before: 'R1', prep: ['fasta'], prep_verbatim: ['Fastande'] },
          ),
          ...done,
          task: 'booked',
        },
      ],
    },
    {
      patient: 'Rosengren',
      author: 'lind',
      daysAgo: 9,
      end: 'signed',
      assessment: 'Diabetes typ 2, välinställd.',
      plan: 'Återbesök om tre månader.',
      followUps: [{ words: 'Återbesök om tre månader', fields: visit('om tre månader', 82), ...done, task: 'new' }],
    },
    {
      patient: 'Eklöf',
      author: 'sandberg',
      daysAgo: 4,
      end: 'signed',
      assessment: 'Astma hos barn, inhalationsteknik gås igenom med föräldern.',
      plan: 'Återbesök om en månad.',
      followUps: [{ words: 'Återbesök om en månad', fields: visit('om en månad', 26), ...done, task: 'new' }],
    },
    {
      patient: 'Videgård',
      author: 'sandberg',
      daysAgo: 3,
      end: 'signed',
      assessment: 'Ländryggssmärta, bättre.',
      plan: 'Återbesök om två månader.',
      followUps: [{ words: 'Återbesök om två månader', fields: visit('om två månader', 57), ...done, task: 'new' }],
    },
  ];
}
