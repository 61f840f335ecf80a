import './correction-offer.css';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ListedTerm } from '../../../contracts/vocabulary-api.ts';
import { DraftStore } from '../../diktera/draft-store.ts';
import { vocabularyError, CORRECTION_MESSAGES as words } from '../../messages/vocabulary.sv.ts';
import { PageError } from '../../page-error.ts';
import type { PageSession } from '../../shell/session.ts';
import { useSending } from '../../shell/use-sending.ts';
import { VocabularyClient } from '../vocabulary-client.ts';
import type { CorrectionWatch, FoundCorrection } from './correction-watch.ts';
import { excerptAround } from './excerpt.ts';
import { type Tried, tryCorrection } from './try-correction.ts';

interface Props {
  readonly watch: CorrectionWatch;
  readonly session: PageSession;
}

/** Offers a corrected word for one's own list, with what it would have changed. Nothing is learned unasked. */
export function CorrectionOffer({ watch, session }: Props) {
  const { correction } = useSyncExternalStore(watch.state.subscribe, watch.state.get);
  const client = useMemo(() => new VocabularyClient(session.csrfToken), [session]);
  const [declined] = useState(() => new Set<string>());
  if (!correction || declined.has(correction.written)) return null;
  const dismiss = () => {
    declined.add(correction.written);
    watch.forget();
  };
  return (
    <Offer
      key={`${correction.heard} ${correction.written}`}
      correction={correction}
      client={client}
      staffId={session.staff.id}
      onGone={dismiss}
    />
  );
}

interface OfferProps {
  readonly correction: FoundCorrection;
  readonly client: VocabularyClient;
  readonly staffId: string;
  readonly onGone: () => void;
}

function Offer({ correction, client, staffId, onGone }: OfferProps) {
  const { heard, written, otherPlaces } = correction;
  const [tried, setTried] = useState<Tried>();
  const [added, setAdded] = useState<ListedTerm | 'known'>();
  const { isSending, failure, send } = useSending();

  useEffect(() => {
    let isGone = false;
    const take = (result: Tried) => isGone || setTried(result);
    void DraftStore.open(staffId)
      .then((store) => tryCorrection(correction, store, client))
      .then(take, () => take({ kind: 'no-sound' }));
    return () => {
      isGone = true;
    };
  }, [correction, staffId, client]);

  const add = (soundsLike: string | null) =>
    void send(async () => {
      try {
        setAdded(await client.add({ list: 'own', term: written, soundsLike }));
      } catch (error) {
        if (PageError.from(error).code !== 'CONFLICT') throw error;
        setAdded('known');
      }
    });
  const undo = (term: ListedTerm) =>
    void send(async () => {
      await client.remove(term);
      setAdded(undefined);
    });

  useOfferKey(() => {
    if (added === undefined) add(null);
  });
  return (
    <aside className="correction" aria-label={words.region}>
      <div role="status">
        {added === undefined ? (
          <>
            <p>
              {words.offer(heard, written)} {otherPlaces > 0 && words.places(otherPlaces)}
            </p>
            <p className="hint">{triedInWords(tried, written, heard)}</p>
          </>
        ) : (
          <p>{added === 'known' ? words.known(written) : words.added(written)}</p>
        )}
      </div>
      {failure !== undefined && <p role="alert">{vocabularyError(failure)}</p>}
      <div className="actions">
        {added === undefined && (
          <>
            <button
              type="button"
              className="primary"
              aria-keyshortcuts="Alt+K"
              disabled={isSending}
              onClick={() => add(null)}
            >
              {words.add} <kbd>Alt K</kbd>
            </button>
            {tried?.kind === 'helps-by-sound' && (
              <button type="button" disabled={isSending} onClick={() => add(heard)}>
                {words.addBySound(heard)}
              </button>
            )}
          </>
        )}
        {added !== undefined && added !== 'known' && (
          <button type="button" disabled={isSending} onClick={() => undo(added)}>
            {words.undo}
          </button>
        )}
        <button type="button" className="plain" onClick={onGone}>
          {added === undefined ? words.dismiss : words.close}
        </button>
      </div>
    </aside>
  );
}

function triedInWords(tried: Tried | undefined, written: string, heard: string): string {
  switch (tried?.kind) {
    case undefined:
      return words.trying;
    case 'helps':
      return words.helps(excerptAround(tried.text, written));
    case 'helps-by-sound':
      return words.helpsBySound(heard);
    case 'helps-not':
      return words.helpsNot;
    case 'no-sound':
      return words.noSound;
    default:
      return tried satisfies never;
  }
}

/** One key, from the middle of the text. */
function useOfferKey(add: () => void): void {
  const latest = useRef(add);
  latest.current = add;
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => {
      const isOurs = event.altKey && !event.ctrlKey && !event.metaKey && event.code === 'KeyK';
      if (!isOurs || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      if (!event.repeat) latest.current();
    };
    addEventListener('keydown', onDown);
    return () => removeEventListener('keydown', onDown);
  }, []);
}
