import type { ListedTerm } from '../../contracts/vocabulary-api.ts';
import { vocabularyError, VOCABULARY_MESSAGES as words } from '../messages/vocabulary.sv.ts';
import { Field, SelectField } from '../shell/field.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useSending } from '../shell/use-sending.ts';
import { termOf } from './add-term-form.tsx';
import { LevelOptions } from './level-options.tsx';
import type { VocabularyClient } from './vocabulary-client.ts';

interface Props {
  readonly client: VocabularyClient;
  readonly listed: ListedTerm;
  readonly onChanged: (term: ListedTerm) => void;
  readonly onClose: () => void;
}

/** How a term is written, sounds and weighs. */
export function ChangeDialog({ client, listed, onChanged, onClose }: Props) {
  const { failure, send } = useSending();
  const submit = (form: FormData) =>
    void send(async () => {
      onChanged(await client.change(listed, termOf(form)));
      onClose();
    });
  return (
    <FormDialog
      heading={words.changeOf(listed.term)}
      submit={words.save}
      failure={failure === undefined ? undefined : vocabularyError(failure)}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={words.term} hint={words.termHint} name="term" defaultValue={listed.term} data-first />
      <Field
        label={words.soundsLike}
        hint={words.soundsLikeHint}
        name="soundsLike"
        required={false}
        spellCheck={false}
        defaultValue={listed.soundsLike ?? ''}
      />
      <SelectField label={words.level} hint={words.levelHint} name="level" defaultValue={listed.level}>
        <LevelOptions />
      </SelectField>
    </FormDialog>
  );
}
