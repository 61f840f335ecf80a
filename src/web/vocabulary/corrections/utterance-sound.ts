import type { Node } from 'prosemirror-model';
import type { Sound } from '../../diktera/heard-words.ts';
import { hasSound, Spoken, schema } from '../../diktera/note-schema.ts';
import type { Stretch } from '../../diktera/note-text.ts';
import { FRAME_SECONDS } from '../../live/frames.ts';
import type { LiveStore } from '../../live/live-store.ts';
import { wavFile } from '../../wav.ts';

/** The recogniser wants silence around words, and their times are not exact. */
const MARGIN_SECONDS = 0.4;
/** As the server takes it for a trial. */
const LONGEST_SECONDS = 29;
const SAMPLE_BYTES = 2;

/**
 * Where the utterance was said that the first words of a stretch belong to, as far as it still stands in the note;
 * undefined where the page knows of no sound.
 */
export function utteranceSoundAt(doc: Node, { from, to }: Stretch): Sound | undefined {
  const [first] = spokenIn(doc, from, to).filter(hasSound);
  const utterance = first && utteranceOf(first);
  if (!first || utterance === undefined) return undefined;
  const words = spokenIn(doc, 0, doc.content.size).filter((word) => hasSound(word) && utteranceOf(word) === utterance);
  const startSeconds = Math.min(...words.map((word) => word.startSeconds));
  const endSeconds = Math.max(...words.map((word) => word.endSeconds));
  if (endSeconds - startSeconds + 2 * MARGIN_SECONDS > LONGEST_SECONDS) return undefined;
  return { session: first.session, startSeconds, endSeconds };
}

/** A stretch of sound as the browser has kept it, as a wav file; undefined when it has not. */
export async function keptSoundOf(
  store: LiveStore,
  { session, startSeconds, endSeconds }: Sound,
): Promise<Blob | undefined> {
  const first = Math.floor(Math.max(0, startSeconds - MARGIN_SECONDS) / FRAME_SECONDS) + 1;
  const last = Math.ceil((endSeconds + MARGIN_SECONDS) / FRAME_SECONDS);
  const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const loaded = await Promise.all(numbers.map((number) => store.loadFrame(session, number)));
  const frames = loaded.filter((frame) => frame !== undefined);
  const [frame] = frames;
  if (!frame) return undefined;
  return wavFile(frames, Math.round(frame.length / SAMPLE_BYTES / FRAME_SECONDS));
}

/** Names of words begin with those of their session and utterance. */
function utteranceOf({ wordIds: [id = ''] }: Spoken): string {
  return id.slice(0, id.lastIndexOf(':'));
}

function spokenIn(doc: Node, from: number, to: number): Spoken[] {
  const words: Spoken[] = [];
  doc.nodesBetween(from, to, ({ marks }) => {
    const mark = schema.marks.spoken!.isInSet(marks);
    if (mark) words.push(Spoken.parse(mark.attrs));
  });
  return words;
}
