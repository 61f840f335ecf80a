import type { ProposalDefaults } from '../../contracts/access-api-units.ts';
import { TYPE_WORDS } from '../../contracts/follow-up-words.ts';
import { RequestType } from '../../contracts/followup.ts';
import { UNIT_DEFAULTS } from '../../followup/unit.ts';
import { UNIT_WORDS as words } from '../messages/drift-units.sv.ts';
import { Field } from '../shell/field.tsx';

const MAX_MINUTES = 480;
const MAX_DAYS = 365;
const WEEK_DAYS = 7;
const OFFSETS = ['labOffset', 'resultOffset'] as const;
/** Kinds that take a time with somebody. */
const TIMED_TYPES = RequestType.options.filter((type) => UNIT_DEFAULTS.visitMinutes[type] !== undefined);

/** What is proposed where a note does not say it: from what the unit has, or from what the product proposes. */
export function ProposalFields({ defaults }: { defaults: ProposalDefaults | null }) {
  const { visitMinutes, ...offsets } = defaults ?? UNIT_DEFAULTS;
  return (
    <>
      <div className="field-row">
        {OFFSETS.map((name) => (
          <Field
            key={name}
            label={words.offsets[name]}
            name={name}
            type="number"
            min={0}
            max={MAX_DAYS}
            defaultValue={daysOf(offsets[name])}
          />
        ))}
      </div>
      <p className="hint">{words.minutesHint}</p>
      <div className="field-row">
        {TIMED_TYPES.map((type) => (
          <Field
            key={type}
            label={words.minutes(TYPE_WORDS[type])}
            name={`minutes-${type}`}
            type="number"
            min={1}
            max={MAX_MINUTES}
            required={false}
            defaultValue={visitMinutes[type] ?? ''}
          />
        ))}
      </div>
    </>
  );
}

/** As the form has it. */
export function proposalsOf(form: FormData): ProposalDefaults {
  const minutes = TIMED_TYPES.flatMap((type) => {
    const value = Number(form.get(`minutes-${type}`));
    return value > 0 ? [[type, value] as const] : [];
  });
  return {
    labOffset: durationOf(-Number(form.get('labOffset'))),
    resultOffset: durationOf(Number(form.get('resultOffset'))),
    visitMinutes: Object.fromEntries(minutes),
  };
}

/** Days, before or after, of a duration of days or weeks; none of any other. */
function daysOf(duration: string): number | '' {
  const [, count, unit] = /^-?P(\d+)([DW])$/.exec(duration) ?? [];
  return count === undefined ? '' : Number(count) * (unit === 'W' ? WEEK_DAYS : 1);
}

/** In weeks where it is whole ones, as people say it. */
function durationOf(days: number): string {
  const sign = days < 0 ? '-' : '';
  const length = Math.abs(days);
  return length > 0 && length % WEEK_DAYS === 0 ? `${sign}P${length / WEEK_DAYS}W` : `${sign}P${length}D`;
}
