import { messages } from '../messages.sv.ts';
import type { Announcement } from './page-state.ts';

/**
 * What is said to a screen reader, and when. Committed utterances: once each, politely, from this log. Partial words:
 * never, they change several times a second. The status word: politely, when the word itself changes; its seconds are
 * beside it and can be read, but are not announced. Messages: failures at once (alert), what was done politely.
 */
export function AnnouncementLog({ announcements }: { announcements: readonly Announcement[] }) {
  return (
    <div role="log" aria-label={messages.announcements} className="for-listeners">
      {announcements.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}
