import { type Rule, rule } from './rule.ts';

/** No day or dose of medicine has this figure before a stroke; a blood pressure does. */
const LEAST_SYSTOLIC = 70;

export const LIST_RULES: readonly Rule[] = [
  rule('Function', 'ingen känd allergi', 'Neg känd|kända|tidigare|någon? Safety', () => 'no danger'),
  rule(
    'Event',
    'avslutad rehab',
    'avslutad|avslutat|fullföljd|genomgången|slutförd Unknown|Place|Function|Drug|Action',
    (t) =>
      `avslutad ${(t.node('Unknown') ?? t.node('Place') ?? t.node('Function') ?? t.node('Drug') ?? t.node('Action'))!.lower}`,
  ),
  rule('Safety', 'eGFR 38', 'egfr|gfr =|:|på|<? Number', () => 'kidneys'),
  rule('Safety', 'krea 145', 'krea|kreatinin|p-krea|s-krea =|:|på|<|>? ca|cirka? Number', () => 'kidneys'),
  rule('Result', '160/90', 'Number / Number', (t) => (t.of('Number') >= LEAST_SYSTOLIC ? 'pressure' : undefined)),
  rule('Result', 'Hb 120', 'Analysis =|:|<|>|på|är|ligger? på|<|>|ca? Number', () => 'value'),
  rule('Analyses', 'B-Hb och ferritin', 'Analysis~', (t) => t.all('Analysis')),
  rule('Analyses', 'lever och natrium', 'lever och|, Analysis~', (t) => ['leverprover', ...t.all('Analysis')]),
  rule('Site', 'höger knä', 'Site Site', (t) => `${t.node('Site')!.text} ${t.node('Site', 1)!.text}`),
  rule('Site', 'thorax och buk', 'Site och|/|- Site', (t) => `${t.node('Site')!.text} och ${t.node('Site', 1)!.text}`),
  rule('Dose', 'dos 2', 'dos|vaccindos Number', (t) => t.of('Number')),
  rule('Dose', 'andra dosen', 'Ordinal dosen|dos', (t) => t.of('Ordinal')),
];
