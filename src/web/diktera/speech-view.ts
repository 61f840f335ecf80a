import type { EditorView } from 'prosemirror-view';
import { speechOf } from './speech-point.ts';

/** Room below what is being said, for the messages at the bottom of the window. */
const ROOM_BELOW_PIXELS = 112;
/** So much of it may be used up before the page moves. */
const LEAST_ROOM_PIXELS = 24;

/**
 * Where on the screen what is being said is written. Who looks at it sees it go on; who scrolled elsewhere is not taken
 * back by words that come.
 */
export function isSpeechInView(view: EditorView): boolean {
  const { top, bottom } = endOfSpeech(view);
  return bottom > 0 && top < innerHeight;
}

/** Moves the page up when the newest words would go below the window. */
export function keepSpeechInView(view: EditorView): void {
  const { bottom } = endOfSpeech(view);
  if (bottom > innerHeight - LEAST_ROOM_PIXELS) scrollBy(0, bottom - innerHeight + ROOM_BELOW_PIXELS);
}

/** The line in which the provisional words end, or the place where speech goes. */
function endOfSpeech(view: EditorView): { top: number; bottom: number } {
  const lines = view.dom.querySelector('.provisional')?.getClientRects();
  return lines?.[lines.length - 1] ?? view.coordsAtPos(speechOf(view.state).at.from);
}
