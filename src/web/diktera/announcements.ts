import type { DictationChange } from '../../contracts/dictation.ts';
import { NOTE_SECTIONS } from '../../dictation/note-sections.ts';
import { messages } from '../messages.sv.ts';
import type { Announcement } from './page-state.ts';

/** Kept in the page, so that a screen reader has time for each. */
const MAXIMUM = 5;

/** What a committed utterance did to the note, in words to be read aloud. */
export function announcementOf(changes: readonly DictationChange[]): string {
  const parts = changes.map((change) => {
    switch (change.kind) {
      case 'text':
        if (change.command === 'undo') return ` ${messages.undone}. `;
        return change.command === 'strike' ? ` ${messages.struck}. ` : change.inserted;
      case 'move':
        return ` ${messages.movedTo(NOTE_SECTIONS.find(({ id }) => id === change.to.sectionId)?.title ?? '')}. `;
      case 'refused':
      case 'stop':
        return '';
      default:
        return change satisfies never;
    }
  });
  return parts.join('').replaceAll(/\s+/g, ' ').trim();
}

export function withAnnouncement(before: readonly Announcement[], text: string): readonly Announcement[] {
  if (text === '') return before;
  const id = (before.at(-1)?.id ?? 0) + 1;
  return [...before, { id, text }].slice(-MAXIMUM);
}
