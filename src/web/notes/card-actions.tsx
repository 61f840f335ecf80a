import type { CardDecision, FollowUpCard } from '../../contracts/notes-api-cards.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import { confirmation, openFlags, possibleFor } from './card-decisions.ts';

interface Props {
  readonly card: FollowUpCard;
  readonly isOpen: boolean;
  readonly decide: (decision: CardDecision) => void;
  readonly onForm: (form: 'change' | 'ask') => void;
  readonly onHear: (() => void) | undefined;
}

/** What can be decided about a card, with its keys. A card that is decided on shows the way back first. */
export function CardActions({ card, isOpen, decide, onForm, onHear }: Props) {
  const { confirm, undo } = possibleFor(card, isOpen);
  const isFound = card.state === 'found' || card.state === 'asked';
  return (
    <div className="card-actions">
      {undo && (
        <button type="button" aria-keyshortcuts="Z" onClick={() => decide({ decision: 'found' })}>
          {words.undo}
        </button>
      )}
      {isFound && confirm && (
        <button type="button" className="primary" aria-keyshortcuts="B" onClick={() => decide(confirmation(card))}>
          {openFlags(card).length > 0 ? words.confirmDespite : words.confirm}
        </button>
      )}
      {isFound && (
        <>
          <button type="button" aria-keyshortcuts="Ä" onClick={() => onForm('change')}>
            {words.change}
          </button>
          <button type="button" aria-keyshortcuts="F" onClick={() => onForm('ask')}>
            {words.ask}
          </button>
          <button type="button" aria-keyshortcuts="I" onClick={() => decide({ decision: 'nothing' })}>
            {words.nothing}
          </button>
          {isOpen && (
            <button type="button" aria-keyshortcuts="U" onClick={() => decide({ decision: 'not_follow_up' })}>
              {words.notFollowUp}
            </button>
          )}
        </>
      )}
      {onHear && (
        <button type="button" aria-keyshortcuts="L" onClick={onHear}>
          {words.hear}
        </button>
      )}
    </div>
  );
}
