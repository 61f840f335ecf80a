import { LETTER_TEXT_BLOCKS, LetterTexts } from '../../contracts/letter-texts.ts';
import {
  type LetterTextsKey,
  SAMPLE_LETTERS,
  type SampleLetter,
  type UnitContactBody,
} from '../../contracts/letter-texts-api.ts';
import { LetterSheet } from '../booking/letter-sheet.tsx';
import { letterTextsError, SAMPLE_WORDS, LETTER_TEXTS_MESSAGES as words } from '../messages/letter-texts.sv.ts';
import { FormFailure, SelectField } from '../shell/field.tsx';
import type { LetterTextsClient } from './letter-texts-client.ts';
import { useTrial } from './use-trial.ts';

interface SampleSheetParts {
  readonly client: LetterTextsClient;
  readonly unitId: string;
  readonly textsKey: LetterTextsKey;
  readonly texts: LetterTexts;
  readonly inherited: LetterTexts;
  readonly contact: UnitContactBody;
  readonly sample: SampleLetter;
  readonly onSample: (sample: SampleLetter) => void;
}

/** A made-up letter with the texts as they are written, drawn anew when the writing rests. */
export function SampleSheet({
  client,
  unitId,
  textsKey,
  texts,
  inherited,
  contact,
  sample,
  onSample,
}: SampleSheetParts) {
  const isRight = LetterTexts.safeParse(texts).success;
  const trial = { texts: usable(texts, inherited), contact, sample };
  const { letter, failure } = useTrial(client, unitId, textsKey, trial);
  return (
    <section className="sample" aria-labelledby="sample-heading">
      <div className="sample-head">
        <div>
          <h3 id="sample-heading">{words.previewHeading}</h3>
          <p className="hint">{words.previewHint}</p>
        </div>
        <SelectField
          label={words.sample}
          data-key="sample"
          value={sample}
          onChange={({ target }) => onSample(target.value as SampleLetter)}
        >
          {SAMPLE_LETTERS.map((each) => (
            <option key={each} value={each}>
              {SAMPLE_WORDS[each]}
            </option>
          ))}
        </SelectField>
      </div>
      {!isRight && <p className="warned">{words.previewLacks}</p>}
      <FormFailure text={failure && letterTextsError(failure)} />
      {letter ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        <section className="sample-sheet" aria-label={SAMPLE_WORDS[sample]} tabIndex={0}>
          <LetterSheet letter={letter} label={SAMPLE_WORDS[sample]} />
        </section>
      ) : (
        <p role="status">{words.drawing}</p>
      )}
    </section>
  );
}

/** What is inherited stands in for a text that is not right yet. */
function usable(texts: LetterTexts, inherited: LetterTexts): LetterTexts {
  const entries = LETTER_TEXT_BLOCKS.map((block) => {
    const { data = inherited[block] } = LetterTexts.shape[block].safeParse(texts[block]);
    return [block, data] as const;
  });
  return Object.fromEntries(entries) as LetterTexts;
}
