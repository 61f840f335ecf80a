import type { Node } from 'prosemirror-model';
import { joined, s16leToFloat } from '../../audio/pcm.ts';
import { FRAME_SECONDS } from '../live/frames.ts';
import type { LiveStore } from '../live/live-store.ts';
import { PageError } from '../page-error.ts';
import { type Sound, soundOf } from './heard-words.ts';
import type { Stretch } from './note-text.ts';

/** Heard before and after the word, whose times are not exact. */
const MARGIN_SECONDS = 0.15;

/** A sound file of words of the note; undefined when there is none. */
type SoundElsewhere = (place: Stretch) => Promise<ArrayBuffer | undefined>;

/** Plays the sound of dictated words, one stretch at a time: from the browser, else from elsewhere. */
export class WordPlayer {
  readonly #store: LiveStore;
  readonly #elsewhere: SoundElsewhere;
  #context: AudioContext | undefined;
  #source: AudioBufferSourceNode | undefined;

  constructor(store: LiveStore, elsewhere: SoundElsewhere) {
    this.#store = store;
    this.#elsewhere = elsewhere;
  }

  /** Throws PageError, SOUND_GONE when the sound is no longer there. */
  async play(doc: Node, place: Stretch): Promise<void> {
    this.#context ??= new AudioContext();
    const sound = soundOf(doc, place);
    const kept = sound && (await this.#keptSound(this.#context, sound));
    if (kept) return this.#start(this.#context, kept);
    const file = await this.#elsewhere(place);
    if (file === undefined) throw new PageError('SOUND_GONE');
    this.#start(this.#context, await this.#context.decodeAudioData(file));
  }

  async #keptSound(
    context: AudioContext,
    { session, startSeconds, endSeconds }: Sound,
  ): Promise<AudioBuffer | undefined> {
    const first = Math.floor(Math.max(0, startSeconds - MARGIN_SECONDS) / FRAME_SECONDS) + 1;
    const last = Math.ceil((endSeconds + MARGIN_SECONDS) / FRAME_SECONDS);
    const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
    const frames = await Promise.all(numbers.map((number) => this.#store.loadFrame(session, number)));
    const samples = joined(...frames.flatMap((frame) => (frame ? [s16leToFloat(frame)] : [])));
    if (samples.length === 0) return undefined;
    const found = frames.filter((frame) => frame !== undefined).length;
    const rateHz = Math.round(samples.length / (found * FRAME_SECONDS));
    const buffer = context.createBuffer(1, samples.length, rateHz);
    buffer.copyToChannel(samples, 0);
    return buffer;
  }

  #start(context: AudioContext, buffer: AudioBuffer): void {
    this.#source?.stop();
    this.#source = context.createBufferSource();
    this.#source.buffer = buffer;
    this.#source.connect(context.destination);
    this.#source.start();
  }
}
