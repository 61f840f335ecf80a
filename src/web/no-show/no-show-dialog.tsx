import { useEffect, useState } from 'react';
import type { NoShowBody, NoShows } from '../../contracts/no-show-api.ts';
import { parseLocalDate } from '../../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { sayDate } from '../../followup/calendar/say.ts';
import { NO_SHOW_MESSAGES as words } from '../messages/no-show.sv.ts';
import { AreaField, Choice, Field } from '../shell/field.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';

interface Props {
  /** As a page may show it. */
  readonly who: string;
  readonly hasTask: boolean;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** How often it has happened before; a failure to find out leaves it unsaid. */
  readonly findBefore: () => Promise<NoShows>;
  readonly onMark: (body: NoShowBody) => void;
  readonly onClose: () => void;
}

const NEXT = ['requeue', 'ask', 'close'] as const;

/** Puts down that nobody came, with what the unit does about it. */
export function NoShowDialog({ who, hasTask, today, findBefore, onMark, onClose }: Props) {
  const [before, setBefore] = useState<NoShows>();
  const [next, setNext] = useState<NoShowBody['next']>('requeue');
  useEffect(() => {
    findBefore().then(setBefore, () => undefined);
  }, [findBefore]);
  const submit = (form: FormData) => {
    onClose();
    if (next === 'close') onMark({ next, note: String(form.get('note')) });
    else if (next === 'ask') onMark({ next, text: String(form.get('text')) });
    else onMark({ next });
  };
  return (
    <FormDialog heading={words.heading} submit={words.submit} failure={undefined} onSubmit={submit} onClose={onClose}>
      <p>{words.putDown(who)}</p>
      <p className="hint" role="status">
        {before && sayBefore(before, today)}
      </p>
      {hasTask && (
        <fieldset className="form-group">
          <legend>{words.next}</legend>
          {NEXT.map((each) => (
            <Choice
              key={each}
              type="radio"
              name="next"
              label={words[each]}
              hint={words[`${each}Hint`]}
              checked={next === each}
              onChange={() => setNext(each)}
              {...(each === 'requeue' && { 'data-first': true })}
            />
          ))}
        </fieldset>
      )}
      {next === 'close' && <Field label={words.reason} name="note" autoComplete="off" />}
      {next === 'ask' && (
        <AreaField label={words.question} name="text" required rows={3} defaultValue={words.questionStart} />
      )}
    </FormDialog>
  );
}

function sayBefore({ count, latest }: NoShows, today: string): string {
  if (count === 0 || latest === null) return words.neverBefore;
  const { date } = stockholmClockAt(latest.getTime());
  return words.before(count, sayDate(date, parseLocalDate(today)!));
}
