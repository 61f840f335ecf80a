import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RealtimeServerEvent } from '../../src/contracts/realtime.ts';
import { Items } from '../../src/server/realtime/items.ts';

const VOICE = { isManual: false, logprobs: false, isLegacy: false };
const MANUAL = { ...VOICE, isManual: true };

/** The session core as `Items` sees it: voices at once, the words of what has ended some time later, all in order. */
class Core {
  readonly events: RealtimeServerEvent[] = [];
  readonly items: Items;
  readonly #late: { readonly startSeconds: number; readonly endSeconds: number; readonly word: string }[] = [];
  #seconds = 0;
  #spokenFrom: number | undefined;
  #isTold = false;
  #count = 0;

  constructor(options = VOICE) {
    this.items = new Items(options);
  }

  get seconds(): number {
    return this.#seconds;
  }

  begin(): void {
    this.#seconds += 1;
    if (this.#spokenFrom === undefined) {
      this.#spokenFrom = this.#seconds;
      this.#isTold = false;
    }
    if (!this.#isTold) this.#voice(true, this.#spokenFrom);
    this.#isTold = true;
  }

  /** @returns the word of the utterance, of which there is one in each */
  end({ goesOn }: { readonly goesOn: boolean }): string | undefined {
    this.#seconds += 1;
    if (this.#spokenFrom === undefined) return undefined;
    const word = `w${++this.#count}`;
    if (!goesOn) this.#voice(false, this.#seconds);
    this.#late.push({ startSeconds: this.#spokenFrom, endSeconds: this.#seconds, word });
    this.#spokenFrom = goesOn ? this.#seconds : undefined;
    return word;
  }

  /** Words of so many utterances come. */
  recognise(count = this.#late.length): void {
    for (const { startSeconds, endSeconds, word } of this.#late.splice(0, count)) {
      const words = [{ text: word, startSeconds, endSeconds, probability: 1 }];
      const message = { type: 'committed', index: 0, utteranceId: 0, startSeconds, endSeconds, words } as const;
      this.events.push(...this.items.words(message));
    }
  }

  /** The client wishes something before all its sound was heard: somebody ends, and somebody begins, after the wish. */
  ask(wish: 'commit' | 'clear'): string[] {
    const askedSeconds = this.#seconds + 4;
    this.events.push(...this.items[wish](askedSeconds));
    const ended = this.end({ goesOn: false });
    this.begin();
    this.#seconds = askedSeconds - 1;
    const cutOff = this.end({ goesOn: false });
    this.recognise();
    this.events.push(...this.items.reached());
    return [ended, cutOff].filter((word) => word !== undefined);
  }

  #voice(speaking: boolean, atSeconds: number): void {
    this.events.push(...this.items.voice({ type: 'voice', speaking, atSeconds }));
  }
}

function ofType<Type extends RealtimeServerEvent['type']>(events: readonly RealtimeServerEvent[], type: Type) {
  return events.filter((event): event is Extract<RealtimeServerEvent, { type: Type }> => event.type === type);
}

const step = fc.constantFrom('begin', 'begin', 'end', 'end', 'cut', 'recognise', 'commit', 'clear');

test('whatever happens in whatever order: each item is committed, has its deltas, and is completed by them once', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const core = new Core();
      const said: string[] = [];
      const cleared: string[] = [];
      let sinceCommit: string[] = [];
      for (const each of [...steps, 'end', 'recognise'] as const) {
        if (each === 'begin') core.begin();
        if (each === 'recognise') core.recognise();
        const isAsked = each === 'commit' || each === 'clear';
        const ended = each === 'end' || each === 'cut' ? core.end({ goesOn: each === 'cut' }) : undefined;
        const words = isAsked ? core.ask(each) : ended ? [ended] : [];
        said.push(...words);
        sinceCommit.push(...words);
        if (each === 'clear') cleared.push(...sinceCommit);
        if (each === 'end' || isAsked) sinceCommit = [];
      }
      const { events } = core;
      const ids = ofType(events, 'input_audio_buffer.committed').map(({ item_id }) => item_id);
      const completed = ofType(events, 'conversation.item.input_audio_transcription.completed');
      expect(completed.map(({ item_id }) => item_id)).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
      const deltas = ofType(events, 'conversation.item.input_audio_transcription.delta');
      for (const { item_id, transcript } of completed) {
        const own = deltas.filter((event) => event.item_id === item_id);
        expect(own.map(({ delta }) => delta).join('')).toBe(transcript);
      }
      const told = completed.flatMap(({ transcript }) => transcript.split(' ').filter(Boolean));
      expect(told).toEqual(said.filter((word) => !cleared.includes(word)));
    }),
    { numRuns: 500 },
  );
});

describe('an item whose words came before its end was known', () => {
  test('is completed when somebody fell silent right at the cut', () => {
    const core = new Core();
    core.begin();
    core.end({ goesOn: true });
    core.recognise();
    core.events.push(...core.items.voice({ type: 'voice', speaking: false, atSeconds: core.seconds }));
    expect(ofType(core.events, 'conversation.item.input_audio_transcription.completed')).toMatchObject([
      { transcript: 'w1' },
    ]);
  });
});

describe('a client that begins to let the voice detector commit', () => {
  test('in the middle of a turn gets that turn as an item', () => {
    const core = new Core(MANUAL);
    core.begin();
    core.items.change(VOICE);
    core.end({ goesOn: false });
    core.recognise();
    const [completed] = ofType(core.events, 'conversation.item.input_audio_transcription.completed');
    expect(completed).toMatchObject({ transcript: 'w1' });
    expect(ofType(core.events, 'input_audio_buffer.committed')).toMatchObject([{ item_id: completed!.item_id }]);
  });

  test('gets words that it has not committed with the next turn', () => {
    const core = new Core(MANUAL);
    core.begin();
    core.end({ goesOn: false });
    core.recognise();
    core.items.change(VOICE);
    core.begin();
    core.end({ goesOn: false });
    core.recognise();
    expect(ofType(core.events, 'conversation.item.input_audio_transcription.completed')).toMatchObject([
      { transcript: 'w1 w2' },
    ]);
  });
});

test('items without their last words are told to have failed, and nothing else is', () => {
  const core = new Core();
  core.begin();
  core.end({ goesOn: false });
  core.begin();
  const error = { type: 'server_error', code: 'internal', message: 'planted', param: null } as const;
  const failed = core.items.failed(error);
  const [committed] = ofType(core.events, 'input_audio_buffer.committed');
  expect(failed).toMatchObject([{ item_id: committed!.item_id, error }]);
});
