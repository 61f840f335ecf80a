import { useId, useRef } from 'react';
import {
  LETTER_PLACES,
  type LetterPlace,
  type LetterTextBlock,
  MAX_TEXT_BLOCK_CHARACTERS,
  unknownPlaces,
} from '../../contracts/letter-texts.ts';
import { BLOCK_WORDS, PLACE_WORDS, LETTER_TEXTS_MESSAGES as words } from '../messages/letter-texts.sv.ts';

interface BlockFieldParts {
  readonly block: LetterTextBlock;
  readonly text: string;
  readonly inherited: string;
  readonly from: 'unit' | 'type';
  readonly onChange: (text: string) => void;
  readonly onFocus: () => void;
}

/** One text block: whose it is, the way back to what is inherited, and what can be put into it. */
export function BlockField({ block, text, inherited, from, onChange, onFocus }: BlockFieldParts) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const { name, hint } = BLOCK_WORDS[block];
  const isOwn = text.trim() !== inherited;
  const problem = problemOf(text);

  const put = (place: LetterPlace) => {
    const { current } = area;
    if (!current) return;
    current.setRangeText(`{${place}}`, current.selectionStart, current.selectionEnd, 'end');
    onChange(current.value);
    current.focus();
  };
  const described = [hint !== undefined && `${id}-hint`, problem !== undefined && `${id}-problem`].filter(Boolean);
  return (
    <div className="block form-field">
      <div className="block-head">
        <label htmlFor={id}>{name}</label>
        <span className="whose" data-own={isOwn}>
          {isOwn ? words.isOwn : words.inherits[from]}
        </span>
      </div>
      {hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <textarea
        id={id}
        ref={area}
        rows={2}
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby={described.join(' ') || undefined}
        onChange={({ target }) => onChange(target.value)}
        onFocus={onFocus}
      />
      {problem !== undefined && (
        <p className="form-failure" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
      <div className="block-tools">
        <span className="hint">{words.put}</span>
        {LETTER_PLACES.map((place) => (
          <button
            key={place}
            type="button"
            title={PLACE_WORDS[place]}
            aria-label={words.putInto(`{${place}}`, PLACE_WORDS[place], name)}
            onClick={() => put(place)}
          >
            {`{${place}}`}
          </button>
        ))}
        {isOwn && (
          <button
            type="button"
            className="plain restore"
            aria-label={words.restoreBlock(words.restore[from], name)}
            onClick={() => {
              onChange(inherited);
              area.current?.focus();
            }}
          >
            {words.restore[from]}
          </button>
        )}
      </div>
    </div>
  );
}

function problemOf(text: string): string | undefined {
  if (text.trim().length > MAX_TEXT_BLOCK_CHARACTERS) return words.tooLong(MAX_TEXT_BLOCK_CHARACTERS);
  const unknown = unknownPlaces(text);
  return unknown.length > 0 ? words.unknownPlaces(unknown) : undefined;
}
