import { type FormEvent, type RefObject, useId, useState } from 'react';
import type { LocalDate } from '../../followup/calendar/local-date.ts';
import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import { dayToGoTo } from './jump.ts';

/** A week, a month or a day as people say it, gone to by Enter. */
export function JumpField({
  input,
  today,
  onDay,
}: {
  input: RefObject<HTMLInputElement | null>;
  today: LocalDate;
  onDay: (day: LocalDate) => void;
}) {
  const [isUnknown, setUnknown] = useState(false);
  const hintId = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const day = dayToGoTo(input.current?.value ?? '', today);
    setUnknown(day === undefined);
    if (!day) return;
    onDay(day);
    event.currentTarget.reset();
  };
  return (
    <form className="jump" onSubmit={submit}>
      <label>
        {words.goTo}
        <input
          ref={input}
          type="text"
          maxLength={20}
          size={11}
          autoComplete="off"
          placeholder={words.goToExample}
          aria-keyshortcuts="v"
          aria-describedby={hintId}
          aria-invalid={isUnknown}
          onChange={() => setUnknown(false)}
          onBlur={() => setUnknown(false)}
        />
      </label>
      <span id={hintId} className={isUnknown ? 'jump-hint' : 'for-listeners'} role={isUnknown ? 'alert' : undefined}>
        {words.goToHint}
      </span>
    </form>
  );
}
