import { useCallback, useState } from 'react';
import { type DeadLetterView, MAX_SET_ASIDE_CHARACTERS } from '../../contracts/operations-api.ts';
import { adminError, ADMIN_MESSAGES as words } from '../messages/drift.sv.ts';
import { FAILURE_WORDS, jobInWords, SUBJECT_WORDS } from '../messages/drift-failures.sv.ts';
import { PageError } from '../page-error.ts';
import { Field } from '../shell/field.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useLoaded } from '../shell/use-loaded.ts';
import { useSending } from '../shell/use-sending.ts';
import type { LettersState } from './admin-client.ts';
import { Fetched, ViewHead, type ViewParts } from './view-parts.tsx';

/** Enough to see what is wrong, and what can be looked through at all. */
const FIRST_COUNT = 50;
const MOST_COUNT = 200;
const STATES = ['open', 'set-aside'] as const satisfies readonly LettersState[];

/** What the program could not do: why, and what to do about it. */
export function FailuresView(parts: ViewParts) {
  const [state, setState] = useState<LettersState>('open');
  return (
    <section>
      <ViewHead heading={FAILURE_WORDS.heading} hint={FAILURE_WORDS.hint}>
        <a href="/drift/koer">{FAILURE_WORDS.board}</a>
      </ViewHead>
      <fieldset className="form-group actions" aria-label={FAILURE_WORDS.which}>
        {STATES.map((each) => (
          <button key={each} type="button" aria-pressed={each === state} onClick={() => setState(each)}>
            {FAILURE_WORDS.states[each]}
          </button>
        ))}
      </fieldset>
      <Letters key={state} state={state} {...parts} />
    </section>
  );
}

function Letters({ state, client, tell }: ViewParts & { state: LettersState }) {
  const [count, setCount] = useState(FIRST_COUNT);
  const loaded = useLoaded(
    client,
    useCallback(() => client.deadLetters(state, count), [client, state, count]),
  );
  const [putting, setPutting] = useState<DeadLetterView>();

  const act = (work: () => Promise<void>, text: string) => {
    void work().then(
      () => tell({ text }),
      (error) => tell({ text: adminError(PageError.from(error).code) }),
    );
  };

  return (
    <>
      <Fetched of={loaded}>
        {({ items, next }) => (
          <>
            {items.length === 0 && <p className="empty">{FAILURE_WORDS.none[state]}</p>}
            <ul className="letters">
              {items.map((letter) => (
                <li key={letter.id}>
                  <Letter letter={letter} />
                  <div className="actions">
                    {letter.setAside === null ? (
                      <>
                        <button
                          type="button"
                          className="primary"
                          onClick={() => act(() => client.retry(letter.id), FAILURE_WORDS.retried)}
                        >
                          {FAILURE_WORDS.retry}
                        </button>
                        <button type="button" onClick={() => setPutting(letter)}>
                          {FAILURE_WORDS.setAside}
                        </button>
                      </>
                    ) : (
                      <button type="button" onClick={() => act(() => client.reopen(letter.id), FAILURE_WORDS.reopened)}>
                        {FAILURE_WORDS.reopen}
                      </button>
                    )}
                  </div>
                </li>
              ))}
            </ul>
            {next !== null && count < MOST_COUNT && (
              <button type="button" onClick={() => setCount(MOST_COUNT)}>
                {FAILURE_WORDS.more}
              </button>
            )}
          </>
        )}
      </Fetched>
      {putting && (
        <SetAsideDialog
          onSubmit={async (reason) => {
            await client.setAside(putting.id, reason);
            setPutting(undefined);
            tell({ text: FAILURE_WORDS.wasSetAside, undo: () => client.reopen(putting.id) });
          }}
          onClose={() => setPutting(undefined)}
        />
      )}
    </>
  );
}

function Letter({ letter }: { letter: DeadLetterView }) {
  const { topic, subject, code, reason, attempts, failedAt, setAside } = letter;
  return (
    <>
      <h3>{jobInWords(topic)}</h3>
      <p>{reason}</p>
      {setAside && (
        <p>
          {FAILURE_WORDS.setAsideBy(setAside.by, words.at(setAside.at))} ”{setAside.reason}”
        </p>
      )}
      <p className="hint">
        {FAILURE_WORDS.gaveUp(words.at(failedAt), attempts)} · {code}
        {Object.entries(subject).map(([name, id]) => (
          <span key={name} className="subject">
            {' · '}
            {SUBJECT_WORDS[name] ?? name} <code>{id}</code>
          </span>
        ))}
      </p>
    </>
  );
}

function SetAsideDialog({ onSubmit, onClose }: { onSubmit: (reason: string) => Promise<void>; onClose: () => void }) {
  const { failure, send } = useSending();
  return (
    <FormDialog
      heading={FAILURE_WORDS.setAsideHeading}
      submit={FAILURE_WORDS.setAsideDo}
      failure={failure && adminError(failure)}
      onSubmit={(form) => void send(() => onSubmit(String(form.get('reason'))))}
      onClose={onClose}
    >
      <p>{FAILURE_WORDS.setAsideHint}</p>
      <Field
        label={FAILURE_WORDS.reason}
        name="reason"
        maxLength={MAX_SET_ASIDE_CHARACTERS}
        autoComplete="off"
        data-first
      />
    </FormDialog>
  );
}
