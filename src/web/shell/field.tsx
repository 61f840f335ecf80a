import './forms.css';
import { type ComponentProps, useId, useState } from 'react';
import { MIN_PASSWORD_CHARACTERS } from '../../contracts/access-api.ts';
import { SHELL_MESSAGES as words } from '../messages/shell.sv.ts';

interface Labelled {
  readonly label: string;
  readonly hint?: string | undefined;
}

/** A labelled field of a form, with a hint that is read with it. */
export function Field({ label, hint, ...input }: Labelled & ComponentProps<'input'>) {
  const id = useId();
  return (
    <p className="form-field">
      <label htmlFor={id}>{label}</label>
      <Hint id={`${id}-hint`} text={hint} />
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

/** A field of several lines, as Field. */
export function AreaField({ label, hint, ...area }: Labelled & ComponentProps<'textarea'>) {
  const id = useId();
  return (
    <p className="form-field">
      <label htmlFor={id}>{label}</label>
      <Hint id={`${id}-hint`} text={hint} />
      <textarea id={id} {...(hint !== undefined && { 'aria-describedby': `${id}-hint` })} {...area} />
    </p>
  );
}

/** A choice among few, as Field. */
export function SelectField({ label, hint, children, ...select }: Labelled & ComponentProps<'select'>) {
  const id = useId();
  return (
    <p className="form-field">
      <label htmlFor={id}>{label}</label>
      <Hint id={`${id}-hint`} text={hint} />
      <select id={id} {...(hint !== undefined && { 'aria-describedby': `${id}-hint` })} {...select}>
        {children}
      </select>
    </p>
  );
}

/** A password that is chosen now: it can be looked at, so that it need not be written twice. */
export function NewPasswordField({ label }: { label: string }) {
  const [isShown, setShown] = useState(false);
  return (
    <>
      <Field
        label={label}
        hint={words.passwordHint(MIN_PASSWORD_CHARACTERS)}
        name="password"
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        autoCapitalize="none"
        spellCheck={false}
        minLength={MIN_PASSWORD_CHARACTERS}
      />
      <Choice label={words.showPassword} checked={isShown} onChange={({ target }) => setShown(target.checked)} />
    </>
  );
}

/** A box to tick, or with `type="radio"` one of several. */
export function Choice({ label, hint, ...input }: Labelled & ComponentProps<'input'>) {
  const id = useId();
  return (
    <label className="form-choice">
      <input type="checkbox" {...(hint !== undefined && { 'aria-describedby': id })} {...input} />
      <span>
        {label}
        <Hint id={id} text={hint} />
      </span>
    </label>
  );
}

/** Why a form was not taken. */
export function FormFailure({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p role="alert" className="form-failure">
      {text}
    </p>
  );
}

function Hint({ id, text }: { id: string; text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <span className="hint" id={id}>
      {text}
    </span>
  );
}
