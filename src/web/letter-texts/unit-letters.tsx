import { useCallback, useState } from 'react';
import {
  LETTER_TEXT_BLOCKS,
  type LetterTextBlock,
  type LetterTexts,
  type OwnLetterTexts,
  withInherited,
} from '../../contracts/letter-texts.ts';
import type { LetterTextsKey, LetterTextsView, SampleLetter } from '../../contracts/letter-texts-api.ts';
import { letterTextsError, LETTER_TEXTS_MESSAGES as words } from '../messages/letter-texts.sv.ts';
import { Failure } from '../shell/failure.tsx';
import type { Notice } from '../shell/notice-bar.tsx';
import { useLoaded } from '../shell/use-loaded.ts';
import { ChainForm } from './chain-form.tsx';
import { ContactForm, contactBody } from './contact-form.tsx';
import type { LetterTextsClient } from './letter-texts-client.ts';
import { SampleSheet } from './sample-sheet.tsx';
import { TextsForm } from './texts-form.tsx';
import { type Drafts, draftName } from './use-drafts.ts';

interface UnitLettersParts {
  readonly client: LetterTextsClient;
  readonly unitId: string;
  readonly textsKey: LetterTextsKey;
  /** Of the unit or the visit type. */
  readonly name: string;
  readonly drafts: Drafts;
  readonly tell: (notice: Notice) => void;
}

/** The letters that show a block, the usual one first; all of them where it is not named. */
const SHOWN_IN: Readonly<Partial<Record<LetterTextBlock, readonly SampleLetter[]>>> = {
  introTimed: ['timed', 'guardian', 'interpreter', 'large-print'],
  introOpen: ['open'],
  guardian: ['guardian'],
  interpreter: ['interpreter'],
};

/** The texts of a unit or of a visit type as they are written, and the letter beside them. */
export function UnitLetters({ client, unitId, textsKey, name, drafts, tell }: UnitLettersParts) {
  const load = useCallback(async () => {
    const [view, contact] = await Promise.all([client.texts(unitId, textsKey), client.contact(unitId)]);
    return { view, contact };
  }, [client, unitId, textsKey]);
  const { data, failure, reload } = useLoaded(client, load);
  const [sample, setSample] = useState<SampleLetter>('timed');

  if (failure !== undefined && !data) {
    return <Failure text={letterTextsError(failure)} onRetry={() => void reload()} />;
  }
  if (!data) {
    return (
      <p role="status" className="skeleton">
        {words.loading}
      </p>
    );
  }
  const { view, contact } = data;
  const mine = draftName(unitId, textsKey);
  const draft = drafts.texts[mine];
  const texts = draft ?? withInherited(view.own, view.inherited);
  const contactDraft = drafts.contacts[unitId];
  return (
    <div className="texts">
      <div className="texts-forms">
        {textsKey === 'unit' && (
          <ContactForm
            client={client}
            unitId={unitId}
            saved={contact}
            draft={contactDraft}
            onDraft={(next) => drafts.setContact(unitId, next)}
            onSaved={async () => {
              await reload();
              drafts.dropContact(unitId, contactDraft);
            }}
            tell={tell}
          />
        )}
        <TextsForm
          texts={texts}
          inherited={view.inherited}
          from={textsKey === 'unit' ? 'unit' : 'type'}
          isChanged={draft !== undefined}
          onChange={(next) => drafts.setTexts(mine, isAsSaved(next, view) ? undefined : next)}
          onDiscard={() => drafts.setTexts(mine, undefined)}
          onFocus={(block) => {
            const letters = SHOWN_IN[block];
            if (letters && !letters.includes(sample)) setSample(letters[0]!);
          }}
          onSave={async () => {
            const saved = await client.saveTexts(unitId, view, ownOf(texts, view.inherited));
            // What was saved is shown before what was written goes.
            await reload();
            drafts.dropTexts(mine, texts);
            const undo = () => client.saveTexts(unitId, saved, view.own);
            tell({ text: words.textsSaved(name), undo });
          }}
        />
        {textsKey === 'unit' && <ChainForm client={client} unitId={unitId} tell={tell} />}
      </div>
      <SampleSheet
        client={client}
        unitId={unitId}
        textsKey={textsKey}
        texts={texts}
        inherited={view.inherited}
        contact={contactBody(contactDraft ?? contact)}
        sample={sample}
        onSample={setSample}
      />
    </div>
  );
}

/** What is written as it is inherited is none of its own: it follows what it inherits. */
function ownOf(texts: LetterTexts, inherited: LetterTexts): OwnLetterTexts {
  const entries = LETTER_TEXT_BLOCKS.map((block) => {
    const text = texts[block].trim();
    return [block, text === inherited[block] ? null : text] as const;
  });
  return Object.fromEntries(entries) as OwnLetterTexts;
}

function isAsSaved(texts: LetterTexts, { own, inherited }: LetterTextsView): boolean {
  const saved = withInherited(own, inherited);
  return LETTER_TEXT_BLOCKS.every((block) => texts[block] === saved[block]);
}
