import type { SetAside } from '../../contracts/followup.ts';
import type { NoteView } from '../../contracts/notes-api.ts';
import type { FollowUpCard } from '../../contracts/notes-api-cards.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import { elementIdOf } from './follow-up-card.tsx';
import type { NoteDesk } from './note-desk.ts';

/** What the text was taken to tell of rather than ask for, folded. It holds no signature back. */
export function SetAsideList({ desk, note }: { desk: NoteDesk; note: NoteView }) {
  const entries = withoutCards(note.text.setAside, note.followUps);
  if (entries.length === 0) return null;
  const takeUp = async (entry: SetAside) => {
    const cardId = await desk.decisions.takeUp(entry);
    if (cardId !== undefined)
      requestAnimationFrame(() => document.getElementById(elementIdOf({ id: cardId }))?.focus());
  };
  return (
    <details className="set-aside">
      <summary aria-keyshortcuts="Alt+H">{words.setAside(entries.length)}</summary>
      <p className="hint">{words.setAsideHint}</p>
      <ul>
        {entries.map((entry) => (
          <li key={`${entry.source.start}-${entry.source.end}`}>
            <q>{entry.source.text}</q>
            <p>{entry.flag.reason.replace(` ("${entry.source.text}")`, '')}</p>
            {note.may.write && (
              <button type="button" aria-label={words.takeUp(entry.source.text)} onClick={() => void takeUp(entry)}>
                {words.makeFollowUp}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Each stretch once, and none that a card already stands for. */
function withoutCards(setAside: readonly SetAside[], cards: readonly FollowUpCard[]): SetAside[] {
  const seen = new Set<string>();
  return setAside.filter(({ source: { start, end } }) => {
    const isTaken = cards.some((card) => card.isInText && card.source.start < end && start < card.source.end);
    const place = `${start}-${end}`;
    if (isTaken || seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}
