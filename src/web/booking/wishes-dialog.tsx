import { useState } from 'react';
import { type PatientPreference, WEEKDAYS } from '../../contracts/followup.ts';
import { MAX_WISH_CHARACTERS } from '../../contracts/patient-wishes.ts';
import type { TaskDetail } from '../../contracts/queue-api.ts';
import {
  DAYPARTS,
  interpreterChoices,
  spanInWords,
  WEEKDAY_NAMES,
  wishesFailure,
  WISHES_MESSAGES as words,
} from '../messages/wishes.sv.ts';
import { sayDay } from '../queue/say-when.ts';
import { AreaField, Field, SelectField } from '../shell/field.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useSending } from '../shell/use-sending.ts';
import type { WishesClient } from './wishes-client.ts';

type Weekday = (typeof WEEKDAYS)[number];
type Daypart = NonNullable<PatientPreference['daypart']>;
type Span = [string, string];

interface WishesDialogProps {
  readonly client: WishesClient;
  readonly detail: TaskDetail;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Writes down what a patient says on the phone; what is known so far stands in the form. */
export function WishesDialog({ client, detail, today, onClose, onSaved }: WishesDialogProps) {
  const { preference, stated } = detail.wishes;
  const { isSending, failure, send } = useSending();
  const [weekdays, setWeekdays] = useState<readonly Weekday[]>(preference.weekdays ?? []);
  const [unwanted, setUnwanted] = useState<readonly Weekday[]>(preference.not_weekdays ?? []);
  const [away, setAway] = useState<readonly Span[]>(spansOf(preference));
  // The interpreter of a booked visit came with its time.
  const isBooked = detail.state === 'booked' || detail.state === 'called';
  const submit = (form: FormData) =>
    void send(async () => {
      const text = (name: string) => String(form.get(name) ?? '').trim();
      const daypart = text('daypart') as Daypart | '';
      // Days that were filled in and not added are meant, too.
      const from = text('awayFrom');
      const last: Span[] = from === '' ? [] : [[from, text('awayTo') || from]];
      await client.state(detail, {
        preference: {
          ...(daypart !== '' && { daypart }),
          weekdays: [...weekdays],
          not_weekdays: [...unwanted],
          not_dates: [...away, ...last],
        },
        note: text('note') || null,
        interpreterLanguage: isBooked ? detail.interpreterLanguage : text('interpreter') || null,
      });
      onSaved();
    });
  return (
    <FormDialog
      heading={words.formHeading}
      submit={words.save}
      isReady={!isSending}
      failure={failure && wishesFailure(failure)}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="hint">{words.formHint}</p>
      <SelectField label={words.daypart} name="daypart" defaultValue={preference.daypart ?? ''}>
        <option value="">{words.anyTime}</option>
        {Object.entries(DAYPARTS).map(([daypart, name]) => (
          <option key={daypart} value={daypart}>
            {name}
          </option>
        ))}
      </SelectField>
      <Weekdays
        legend={words.weekdays}
        chosen={weekdays}
        onChoose={(days) => {
          setWeekdays(days);
          setUnwanted(unwanted.filter((day) => !days.includes(day)));
        }}
      />
      <Weekdays
        legend={words.notWeekdays}
        chosen={unwanted}
        onChoose={(days) => {
          setUnwanted(days);
          setWeekdays(weekdays.filter((day) => !days.includes(day)));
        }}
      />
      <DaysAway away={away} today={today} onChange={setAway} />
      <SelectField
        label={words.interpreter}
        name="interpreter"
        disabled={isBooked}
        hint={isBooked ? words.interpreterBooked : undefined}
        defaultValue={detail.interpreterLanguage ?? ''}
      >
        <option value="">{words.noInterpreter}</option>
        {interpreterChoices(detail.interpreterLanguage).map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      <AreaField
        label={words.note}
        name="note"
        rows={2}
        maxLength={MAX_WISH_CHARACTERS}
        defaultValue={stated?.note ?? ''}
      />
    </FormDialog>
  );
}

function Weekdays({
  legend,
  chosen,
  onChoose,
}: {
  readonly legend: string;
  readonly chosen: readonly Weekday[];
  readonly onChoose: (days: readonly Weekday[]) => void;
}) {
  return (
    <fieldset className="form-group weekdays">
      <legend>{legend}</legend>
      {WEEKDAYS.map((day) => (
        <label key={day}>
          <input
            type="checkbox"
            checked={chosen.includes(day)}
            onChange={({ target }) =>
              onChoose(WEEKDAYS.filter((one) => (one === day ? target.checked : chosen.includes(one))))
            }
          />
          {WEEKDAY_NAMES[day]}
        </label>
      ))}
    </fieldset>
  );
}

/** Days on which the patient cannot come: those that are written down, and a pair of fields for more. */
function DaysAway({
  away,
  today,
  onChange,
}: {
  readonly away: readonly Span[];
  readonly today: string;
  readonly onChange: (away: readonly Span[]) => void;
}) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const add = () => {
    onChange([...away, [from, to || from]]);
    setFrom('');
    setTo('');
  };
  return (
    <fieldset className="form-group days-away">
      <legend>{words.away}</legend>
      {away.length > 0 && (
        <ul>
          {away.map((span) => {
            const said = spanInWords(...span, (day) => sayDay(day, today));
            return (
              <li key={span.join()}>
                {said}
                <button
                  type="button"
                  className="plain"
                  aria-label={words.removeAway(said)}
                  onClick={() => onChange(away.filter((one) => one !== span))}
                >
                  <span aria-hidden="true">×</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <Field
        label={words.awayFrom}
        name="awayFrom"
        type="date"
        required={false}
        min={today}
        value={from}
        onChange={({ target }) => setFrom(target.value)}
      />
      <Field
        label={words.awayTo}
        name="awayTo"
        type="date"
        required={false}
        min={from || today}
        value={to}
        onChange={({ target }) => setTo(target.value)}
      />
      <button type="button" disabled={from === '' || (to !== '' && to < from)} onClick={add}>
        {words.addAway}
      </button>
    </fieldset>
  );
}

function spansOf({ not_dates: away = [] }: PatientPreference): Span[] {
  return away.flatMap(([from, to = from]): Span[] => (from === undefined ? [] : [[from, to!]]));
}
