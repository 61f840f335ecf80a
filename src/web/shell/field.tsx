import { type ComponentProps, useId } from 'react';

/** A labelled field of a form, with a hint that is read with it. */
export function Field({ label, hint, ...input }: { label: string; hint?: string } & ComponentProps<'input'>) {
  const id = useId();
  return (
    <p className="field">
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <input
        id={id}
        required
        maxLength={200}
        {...(hint !== undefined && { 'aria-describedby': `${id}-hint` })}
        {...input}
      />
    </p>
  );
}
