import { type EndedUtterance, type EndpointerState, heard } from './endpointer.ts';

/**
 * The utterance that is open, as it will have been if nobody speaks before it ends; null when nobody has fallen silent,
 * when it would come to nothing, or when sound that is to be part of it is still to come.
 */
export function foreseenEnd(state: EndpointerState, pauseSeconds: number): EndedUtterance | null {
  if (!state.open || state.open.voiceEndWindow === state.window) return null;
  let next = heard(state, 0, pauseSeconds);
  while (next.state.open && !next.ended) next = heard(next.state, 0, pauseSeconds);
  return next.ended && next.ended.endWindow <= state.window ? next.ended : null;
}
