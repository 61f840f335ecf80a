import { type FormEvent, useRef } from 'react';
import type { VocabularyListKey } from '../../contracts/vocabulary-api.ts';
import { TermLevel } from '../../contracts/vocabulary-levels.ts';
import { vocabularyError, VOCABULARY_MESSAGES as words } from '../messages/vocabulary.sv.ts';
import { Field, FormFailure, SelectField } from '../shell/field.tsx';
import { useSending } from '../shell/use-sending.ts';
import { LevelOptions } from './level-options.tsx';
import type { VocabularyClient } from './vocabulary-client.ts';

interface Props {
  readonly client: VocabularyClient;
  readonly list: VocabularyListKey;
  readonly onAdded: (term: string) => void;
}

/** One more term; the next can be written at once. */
export function AddTermForm({ client, list, onAdded }: Props) {
  const first = useRef<HTMLInputElement>(null);
  const { isSending, failure, send } = useSending();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const { term, soundsLike, level } = termOf(new FormData(form));
    void send(async () => {
      await client.add({ list, term, soundsLike, level });
      form.reset();
      first.current?.focus();
      onAdded(term);
    });
  };

  return (
    <form className="add-term" onSubmit={submit} aria-label={words.addHeading}>
      <Field label={words.term} hint={words.termHint} name="term" data-key="new" autoComplete="off" ref={first} />
      <Field
        label={words.soundsLike}
        hint={words.soundsLikeHint}
        name="soundsLike"
        required={false}
        autoComplete="off"
        spellCheck={false}
      />
      <SelectField label={words.level} hint={words.levelHint} name="level" defaultValue="usual">
        <LevelOptions />
      </SelectField>
      <button type="submit" className="primary" disabled={isSending}>
        {words.add}
      </button>
      <FormFailure text={failure === undefined ? undefined : vocabularyError(failure)} />
    </form>
  );
}

/** What the fields of a term hold. */
export function termOf(form: FormData) {
  const text = (name: string) => String(form.get(name)).trim();
  const soundsLike = text('soundsLike');
  return {
    term: text('term'),
    soundsLike: soundsLike === '' ? null : soundsLike,
    level: TermLevel.parse(form.get('level')),
  };
}
