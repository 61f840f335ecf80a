import type { CardDecision, FollowUpCard } from '../../contracts/notes-api-cards.ts';
import { NOTE_MENU_MESSAGES as menu } from '../messages/note-menu.sv.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import { confirmation, openFlags, possibleFor } from './card-decisions.ts';

interface Props {
  readonly card: FollowUpCard;
  readonly isOpen: boolean;
  readonly canDecide: boolean;
  readonly decide: (decision: CardDecision) => void;
  readonly onForm: (form: 'change' | 'ask') => void;
  readonly onHear: (() => void) | undefined;
  readonly onWithdraw: (() => void) | undefined;
}

/** What can be decided about a card, with its keys. A card that is decided on shows the way back first. */
export function CardActions({ card, isOpen, canDecide, decide, onForm, onHear, onWithdraw }: Props) {
  const { confirm, undo } = possibleFor(card, isOpen);
  const isFound = canDecide && (card.state === 'found' || card.state === 'asked');
  if (!canDecide && !onHear && !onWithdraw) return null;
  return (
    <div className="card-actions">
      {canDecide && undo && (
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
      {onWithdraw && (
        <button type="button" onClick={onWithdraw}>
          {menu.withdraw}
        </button>
      )}
    </div>
  );
}
