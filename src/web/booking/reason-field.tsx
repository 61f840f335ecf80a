import { MOVE_REASONS, type MoveReason } from '../../contracts/calendar.ts';
import { REASON_NAMES, BOOKING_MESSAGES as words } from '../messages/booking.sv.ts';
import { Choice } from '../shell/field.tsx';

/** On whose account a booked time changes. */
export function ReasonField({
  name,
  reason,
  onChoose,
}: {
  readonly name: string;
  readonly reason: MoveReason;
  readonly onChoose: (reason: MoveReason) => void;
}) {
  return (
    <fieldset className="form-group">
      <legend>{words.why}</legend>
      {MOVE_REASONS.map((one) => (
        <Choice
          key={one}
          type="radio"
          name={name}
          label={REASON_NAMES[one]}
          checked={reason === one}
          onChange={() => onChoose(one)}
        />
      ))}
    </fieldset>
  );
}
