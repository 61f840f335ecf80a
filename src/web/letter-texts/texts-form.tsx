import type { FormEvent } from 'react';
import { type LetterTextBlock, LetterTexts } from '../../contracts/letter-texts.ts';
import { BLOCK_WORDS, letterTextsError, LETTER_TEXTS_MESSAGES as words } from '../messages/letter-texts.sv.ts';
import { FormFailure } from '../shell/field.tsx';
import { useSending } from '../shell/use-sending.ts';
import { BlockField } from './block-field.tsx';

interface TextsFormParts {
  readonly texts: LetterTexts;
  readonly inherited: LetterTexts;
  /** Whose: a unit inherits from the product, a visit type from its unit. */
  readonly from: 'unit' | 'type';
  readonly isChanged: boolean;
  readonly onChange: (texts: LetterTexts) => void;
  readonly onDiscard: () => void;
  readonly onFocus: (block: LetterTextBlock) => void;
  readonly onSave: () => Promise<void>;
}

const BLOCKS = Object.keys(BLOCK_WORDS) as readonly LetterTextBlock[];

/** Every text block in the order of the letter, saved together. */
export function TextsForm(parts: TextsFormParts) {
  const { texts, inherited, from, isChanged, onChange, onDiscard, onFocus, onSave } = parts;
  const { isSending, failure, send } = useSending();
  const isRight = LetterTexts.safeParse(texts).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRight && isChanged) void send(onSave);
  };
  return (
    <section aria-labelledby="texts-heading">
      <h3 id="texts-heading">{words.textsHeading}</h3>
      <p className="hint">{words.textsHint}</p>
      <form onSubmit={submit}>
        {BLOCKS.map((block) => (
          <BlockField
            key={block}
            block={block}
            text={texts[block]}
            inherited={inherited[block]}
            from={from}
            onChange={(text) => onChange({ ...texts, [block]: text })}
            onFocus={() => onFocus(block)}
          />
        ))}
        <FormFailure text={failure && letterTextsError(failure)} />
        <div className="actions save">
          <button type="submit" className="primary" data-key="save">
            {isSending ? words.saving : words.save}
          </button>
          {isChanged && (
            <button type="button" onClick={onDiscard}>
              {words.discard}
            </button>
          )}
          <p role="status" className="hint">
            {isChanged ? (isRight ? words.changed : words.wrongText) : words.nothingChanged}
          </p>
        </div>
      </form>
    </section>
  );
}
