import type { FollowUpRequest } from '../../contracts/followup.ts';
import { deskNotes } from './demo-desk-notes.ts';
import { asked, type DemoNote } from './demo-note.ts';

/** The notes of the demo clinic, in every state, with their days counted from `today` (YYYY-MM-DD). */
export function demoNotes(today: string): DemoNote[] {
  const visit = (id: string, expr: string, targetInDays: number | null, more: Partial<FollowUpRequest> = {}) =>
    asked(today, id, 'aterbesok', { expr, kind: 'om', targetInDays }, { role: 'lakare', ...more });
  const test = (id: string, expr: string, targetInDays: number | null, more: Partial<FollowUpRequest> = {}) =>
    asked(today, id, 'provtagning', { expr, kind: 'relativ', targetInDays }, more);
  const done = { decide: 'confirmed', route: 'auto' } as const;
  return [
    {
      patient: 'Almgren',
      author: 'lind',
      daysAgo: 0,
      assessment: 'Hypertoni med god effekt av insatt behandling.',
      plan: 'Återbesök om sex veckor med prover en vecka innan.',
      followUps: [
        { words: 'Återbesök om sex veckor', fields: visit('R1', 'om sex veckor', 42), route: 'auto' },
        { words: 'prover en vecka innan', fields: test('R2', 'en vecka innan', 35, { before: 'R1' }), route: 'auto' },
      ],
    },
    {
      patient: 'Cederqvist',
      author: 'lind',
      daysAgo: 0,
      assessment: 'Okomplicerad övre luftvägsinfektion.',
      plan: 'Egenvård. Hör av sig vid försämring.',
      followUps: [],
    },
    {
      patient: 'Ekman',
      author: 'sandberg',
      daysAgo: 6,
      deputy: 'lind',
      assessment: 'Oklar trötthet.',
      plan: 'Nytt besök om några veckor.',
      followUps: [
        { words: 'Nytt besök om några veckor', fields: visit('R1', 'om några veckor', null), route: 'clinician' },
      ],
    },
    {
      patient: 'Granat',
      author: 'sandberg',
      daysAgo: 1,
      assessment: 'Knäartros.',
      plan: 'Röntgen vänster knä. Återbesök när svar kommit.',
      followUps: [
        {
          words: 'Återbesök när svar kommit',
          fields: visit('R1', 'när svar kommit', null, { trigger: 'röntgensvar' }),
          route: 'hold',
          decide: 'ask',
        },
      ],
    },
    {
      patient: 'Isaksson',
      author: 'lind',
      daysAgo: 44,
      end: 'signed',
      assessment: 'Förmaksflimmer, frekvensreglerad.',
      plan: 'Återbesök om sex veckor. EKG samma dag.',
      followUps: [
        { words: 'Återbesök om sex veckor', fields: visit('R1', 'om sex veckor', -2), ...done, task: 'new' },
        {
          words: 'EKG samma dag',
          fields: asked(
            today,
            'R2',
            'undersokning',
            { expr: 'samma dag', kind: 'relativ', targetInDays: -2 },
            { service: 'EKG', same_day: 'R1' },
          ),
          ...done,
          task: 'new',
        },
      ],
    },
    {
      patient: 'Kullander',
      author: 'lind',
      daysAgo: 28,
      end: 'signed',
      assessment: 'Diabetes typ 2.',
      plan: 'Besök hos distriktssköterska inom en månad. HbA1c veckan före.',
      followUps: [
        {
          words: 'Besök hos distriktssköterska inom en månad',
          fields: visit('R1', 'inom en månad', 2, { role: 'distriktsskoterska' }),
          ...done,
          task: 'claimed',
        },
        {
          words: 'HbA1c veckan före',
          fields: test('R2', 'veckan före', 1, { before: 'R1', analyses: ['HbA1c'] }),
          ...done,
          task: 'new',
        },
      ],
    },
    {
      patient: 'Mårtensson',
      author: 'sandberg',
      daysAgo: 10,
      end: 'signed',
      assessment: 'Efter pneumoni.',
      plan: 'Återbesök om tre veckor.',
      followUps: [
        { words: 'Återbesök om tre veckor', fields: visit('R1', 'om tre veckor', 11), ...done, task: 'question' },
      ],
    },
    {
      patient: 'Hashemi',
      author: 'lind',
      daysAgo: 3,
      end: 'signed',
      assessment: 'Migrän.',
      plan: 'Telefonuppföljning om två veckor med tolk.',
      followUps: [
        {
          words: 'Telefonuppföljning om två veckor med tolk',
          fields: asked(
            today,
            'R1',
            'telefon',
            { expr: 'om två veckor', kind: 'om', targetInDays: 11 },
            { role: 'lakare', needs: ['tolk:fa'] },
          ),
          ...done,
          task: 'new',
        },
      ],
    },
    {
      patient: 'Ovesson',
      author: 'sandberg',
      daysAgo: 5,
      end: 'signed',
      assessment: 'Lätt förhöjt kreatinin.',
      plan: 'Nytt krea om tre månader. Återbesök när svar kommit.',
      followUps: [
        {
          words: 'Nytt krea om tre månader',
          fields: asked(
            today,
            'R1',
            'provtagning',
            { expr: 'om tre månader', kind: 'om', targetInDays: 86 },
            { analyses: ['kreatinin'] },
          ),
          ...done,
          task: 'booked',
        },
        {
          words: 'Återbesök när svar kommit',
          fields: visit('R2', 'när svar kommit', null, { trigger: 'provsvar', after: 'R1' }),
          decide: 'confirmed',
          route: 'hold',
          task: 'waiting',
        },
      ],
    },
    {
      patient: 'Qvist',
      author: 'lind',
      daysAgo: 20,
      end: 'signed',
      assessment: 'Stabil angina.',
      plan: 'Årskontroll till våren.',
      followUps: [
        {
          words: 'Årskontroll till våren',
          fields: {
            ...visit('R1', 'till våren', null),
            time: { kind: 'sasong', expr: 'till våren', earliest: nextSpring(today) },
          },
          decide: 'changed',
          route: 'review',
          task: 'new',
        },
      ],
    },
    {
      patient: 'Sjödin',
      author: 'sandberg',
      daysAgo: 21,
      end: 'signed',
      assessment: 'KOL, stabil.',
      plan: 'Spirometri om en månad.',
      followUps: [
        {
          words: 'Spirometri om en månad',
          fields: asked(
            today,
            'R1',
            'undersokning',
            { expr: 'om en månad', kind: 'om', targetInDays: 9 },
            { service: 'spirometri' },
          ),
          ...done,
          task: 'called',
        },
      ],
    },
    {
      patient: 'Ullberg',
      author: 'lind',
      daysAgo: 60,
      end: 'signed',
      assessment: 'Hypotyreos.',
      plan: 'TSH om sex veckor.',
      followUps: [
        {
          words: 'TSH om sex veckor',
          fields: asked(
            today,
            'R1',
            'provtagning',
            { expr: 'om sex veckor', kind: 'om', targetInDays: -18 },
            { analyses: ['TSH'] },
          ),
          ...done,
          task: 'done',
        },
      ],
    },
    {
      patient: 'Wiklund',
      author: 'sandberg',
      daysAgo: 8,
      end: 'signed',
      assessment: 'Aktinisk keratos, behandlad.',
      plan: 'Återbesök om två månader.',
      followUps: [
        { words: 'Återbesök om två månader', fields: visit('R1', 'om två månader', 52), ...done, task: 'cancelled' },
      ],
    },
    {
      patient: 'Åkesson',
      author: 'lind',
      daysAgo: 2,
      end: 'signed',
      assessment: 'Ytligt sår, läkt. Var på återbesök om sårvård i förra veckan.',
      plan: 'Inget återbesök.',
      followUps: [
        { words: 'Inget återbesök', fields: { id: 'R1', type: 'aterbesok' }, route: 'none', decide: 'nothing' },
        {
          words: 'återbesök om sårvård',
          fields: { id: 'R2', type: 'aterbesok' },
          route: 'review',
          decide: 'not_follow_up',
        },
      ],
    },
    {
      patient: 'Österdahl',
      author: 'lind',
      daysAgo: 4,
      end: 'amending',
      assessment: 'Ländryggssmärta.',
      plan: 'Återbesök till fysioterapeut inom två veckor.',
      followUps: [
        {
          words: 'Återbesök till fysioterapeut inom två veckor',
          fields: visit('R1', 'inom två veckor', 10, { role: 'fysioterapeut' }),
          ...done,
          task: 'new',
        },
      ],
    },
    {
      patient: 'Brandt',
      author: 'sandberg',
      daysAgo: 1,
      end: 'discarded',
      assessment: '',
      plan: 'Provdiktat.',
      followUps: [],
    },
    ...deskNotes(today),
  ];
}

function nextSpring(today: string): string {
  const year = Number(today.slice(0, 4));
  return `${today.slice(5) < '03-01' ? year : year + 1}-03-01`;
}
