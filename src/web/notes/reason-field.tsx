import { useId } from 'react';

/** Why something is done, as the log keeps it; `reason` in the form. */
export function ReasonField({ label }: { label: string }) {
  const id = useId();
  return (
    <div className="field-row">
      <label htmlFor={id}>{label}</label>
      <input id={id} name="reason" maxLength={1000} lang="sv" />
    </div>
  );
}
