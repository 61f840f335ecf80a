import { isPlannable } from '../time/amount.ts';
import { type Rule, rule } from './rule.ts';
import type { Amount, AmountRange } from './values.ts';

const same = (amount: Amount): AmountRange => ({ min: amount, max: amount });

/** Numbers that are said in parts. */
export const NUMBER_RULES: readonly Rule[] = [
  rule('Number', 'en och en halv', 'Number och|& Number Number', (t) =>
    t.of('Number', 1) === 1 && t.of('Number', 2) === 0.5 ? t.of('Number') + 0.5 : undefined,
  ),
  rule('Number', 'en halv', 'en|ett Number', (t) => (t.of('Number', 0) === 0.5 ? 0.5 : undefined)),
  rule('Range', 'sex till åtta', 'Number till|-|–|—|eller|à|a Number', (t) =>
    rising(t.of('Number'), t.of('Number', 1)),
  ),
  rule('Range', 'mellan sex och åtta', 'mellan Number och|- Number', (t) => rising(t.of('Number'), t.of('Number', 1))),
  rule('Range', 'en till tre och en halv', 'Number till|- Number och en Number', (t) =>
    t.of('Number', 2) === 0.5 ? rising(t.of('Number'), t.of('Number', 1) + 0.5) : undefined,
  ),
];

function rising(min: number, max: number): { min: number; max: number } | undefined {
  return min < max ? { min, max } : undefined;
}

/** Numbers with their units. */
export const AMOUNT_RULES: readonly Rule[] = [
  rule('Duration', 'tre veckor', 'Number Unit', (t) => amount(t.of('Number'), t.of('Unit'))),
  rule('Duration', 'en dryg månad', 'Number dryg|drygt|knapp|knappt|god|hel|halvannan Unit', (t) =>
    amount(t.of('Number'), t.of('Unit')),
  ),
  rule('Duration', 'tre hela veckor', 'Number hela Unit', (t) => amount(t.of('Number'), t.of('Unit'))),
  rule('Duration', 'ett halvår', 'Number? LongUnit', (t) => {
    const { count, unit } = t.of('LongUnit');
    return amount((t.maybe('Number') ?? 1) * count, unit);
  }),
  rule('Duration', '6-8 veckor', 'Range Unit', (t) => range(t.of('Range'), t.of('Unit'))),
  rule('Duration', '6 veckor till 3 månader', 'Number Unit till|-|–|eller Number Unit', (t) => {
    const min = amount(t.of('Number'), t.of('Unit'));
    const max = amount(t.of('Number', 1), t.of('Unit', 1));
    return min && max && { min: min.min, max: max.max };
  }),
  rule('VagueDuration', 'några veckor', 'Vague|en_till_par Unit', (t) => t.of('Unit')),
  rule('VagueDuration', 'ett par tre veckor', 'Vague Number|Range Unit', (t) => t.of('Unit')),
  rule('VagueDuration', 'några månader', 'Vague LongUnit', () => 'M'),
];

/** Words that soften or bound an amount without changing what is planned. */
export const APPROXIMATE_RULES: readonly Rule[] = [
  rule(
    'Duration',
    'cirka tre veckor',
    'cirka|ca|c:a|ungefär|omkring|ungefärligen|typ|runt|kring|drygt|knappt|knappa|dryga|uppskattningsvis|förslagsvis Duration',
    (t) => t.of('Duration'),
  ),
  rule('Duration', 'tre veckor ungefär', 'Duration ungefär|cirka|ca|ungefärligen', (t) => t.of('Duration')),
  rule('VagueDuration', 'cirka några veckor', 'cirka|ca|ungefär VagueDuration', (t) => t.of('VagueDuration')),
];

function amount(count: number, unit: Amount['unit']): AmountRange | undefined {
  const one = { count, unit };
  return unit === 'MIN' || isPlannable(one) ? same(one) : undefined;
}

function range({ min, max }: { min: number; max: number }, unit: Amount['unit']): AmountRange | undefined {
  return isPlannable({ count: max, unit }) && min > 0
    ? { min: { count: min, unit }, max: { count: max, unit } }
    : undefined;
}
