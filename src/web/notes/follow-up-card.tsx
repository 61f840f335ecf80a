import { type KeyboardEvent, useId, useState } from 'react';
import type { CardDecision, FollowUpCard } from '../../contracts/notes-api-cards.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import { addresseeInWords } from './addressee-field.tsx';
import { AskForm } from './ask-form.tsx';
import { CardActions } from './card-actions.tsx';
import { confirmation, possibleFor } from './card-decisions.ts';
import { type CardLine, cardLines, cardTitle } from './card-words.ts';
import { ChangeForm } from './change-form.tsx';
import type { NoteDesk } from './note-desk.ts';
import { OLD_HOURS } from './old-hours.ts';
import { WithdrawForm } from './withdraw-form.tsx';

interface Props {
  readonly card: FollowUpCard;
  readonly cards: readonly FollowUpCard[];
  readonly desk: NoteDesk;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly isLit: boolean;
  /** Whether the note can still be decided on. */
  readonly isOpen: boolean;
  readonly mayDecide: boolean;
}

type Form = 'change' | 'ask' | 'withdraw';

/** A follow-up beside the text: its words, what it asks for, and what has been decided. */
export function FollowUpCardView({ card, cards, desk, today, isLit, isOpen, mayDecide }: Props) {
  const [form, setForm] = useState<Form>();
  const titleId = useId();
  const possible = possibleFor(card, isOpen);
  const canDecide = mayDecide && possible.decide;
  const close = () => {
    setForm(undefined);
    document.getElementById(elementIdOf(card))?.focus();
  };
  const decide = (decision: CardDecision) => {
    void desk.decisions.decide(card, decision).then((isDone) => isDone && setForm(undefined));
  };
  const withdraw = (reason: string) => {
    void desk.decisions.withdraw(card, reason).then((isDone) => isDone && close());
  };
  const canWithdraw = desk.note.may.decide && card.request?.state === 'active' && !isOpen;
  const hear = desk.canHear(card) ? () => desk.hear(card) : undefined;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      b: canDecide && possible.confirm && (() => decide(confirmation(card))),
      enter: canDecide && possible.confirm && (() => decide(confirmation(card))),
      ä: canDecide && (() => setForm('change')),
      f: canDecide && (() => setForm('ask')),
      i: canDecide && (() => decide({ decision: 'nothing' })),
      u: canDecide && isOpen && (() => decide({ decision: 'not_follow_up' })),
      z: canDecide && possible.undo && (() => decide({ decision: 'found' })),
      l: hear,
      arrowdown: () => focusCard(event.currentTarget.nextElementSibling),
      arrowup: () => focusCard(event.currentTarget.previousElementSibling),
      escape: () => desk.showWords(card),
    }[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <article
      id={elementIdOf(card)}
      className={isLit ? `card ${card.state} lit` : `card ${card.state}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a card is a stop of its own, with keys of its own
      tabIndex={0}
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      onFocus={() => desk.point(card.id)}
      onMouseEnter={() => desk.point(card.id)}
      onMouseLeave={() => desk.point(undefined)}
    >
      <div id={titleId} className="card-head">
        <h3>{cardTitle(card)}</h3>
        <p className="card-state">{words.state[card.state]}</p>
      </div>
      {card.reopenedBecause !== null && <p className="reopened">{card.reopenedBecause}</p>}
      <button type="button" className="quote" onClick={() => desk.showWords(card)}>
        <q>{card.source.text}</q>
      </button>
      {!card.isInText && <p className="hint">{words.gone}</p>}
      <CardLines lines={cardLines(card, cards, today)} />
      {card.flags.length > 0 && (
        <ul className="flags" aria-label={words.flags}>
          {card.flags.map(({ flag, reason, route }) => (
            <li key={flag} className={route === 'auto' ? 'quiet' : undefined}>
              {reason}
            </li>
          ))}
        </ul>
      )}
      <Questions card={card} />
      {card.request !== null && card.request.state !== 'active' && <p className="hint">{words.withdrawn}</p>}
      {form === undefined && (
        <CardActions
          card={card}
          isOpen={isOpen}
          canDecide={canDecide}
          decide={decide}
          onForm={setForm}
          onHear={hear}
          onWithdraw={canWithdraw ? () => setForm('withdraw') : undefined}
        />
      )}
      {form === 'change' && <ChangeForm card={card} today={today} onSend={decide} onClose={close} />}
      {form === 'ask' && <AskForm unitId={desk.note.unitId} onSend={decide} onClose={close} />}
      {form === 'withdraw' && <WithdrawForm onSend={withdraw} onClose={close} />}
    </article>
  );
}

function focusCard(element: Element | null): void {
  if (element instanceof HTMLElement) element.focus();
}

export function elementIdOf({ id }: Pick<FollowUpCard, 'id'>): string {
  return `card-${id}`;
}

function CardLines({ lines }: { lines: readonly CardLine[] }) {
  if (lines.length === 0) return null;
  return (
    <dl className="card-fields" aria-label={words.fields}>
      {lines.map(({ name, words: said }) => (
        <div key={name + said}>
          <dt>{name}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  );
}

function Questions({ card: { questions, state } }: { card: FollowUpCard }) {
  return questions
    .filter((question) => question.state === 'answered' || state === 'asked')
    .map(({ id, text, answer, ageHours, toStaff, toRole }) => (
      <div key={id} className="card-question">
        <p>
          <b>{words.questionTo(addresseeInWords(toStaff, toRole))}:</b> {text}
        </p>
        <p>
          {answer === null ? (
            <span className={ageHours >= OLD_HOURS ? 'old' : undefined}>{words.noAnswer(ageHours)}</span>
          ) : (
            <>
              <b>{words.answer}:</b> {answer}
            </>
          )}
        </p>
      </div>
    ));
}
