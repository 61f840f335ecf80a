import './lacks-letter.css';
import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';

/** A mark in the row of a task whose patient has not been told: an envelope that is struck through, and words. */
export function LacksLetter() {
  return (
    <span className="lacks-letter" title={words.lacksLetterLong}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M1.5 3.5h13v9h-13zM1.5 4l6.5 5 6.5-5M1 15 15 1" />
      </svg>
      {words.lacksLetter}
    </span>
  );
}
