import { AppError } from '../contracts/errors.ts';
import type { Draft, DraftRequest } from '../contracts/live-speech.ts';
import type { Utterance, UtteranceOptions } from '../contracts/speech-messages.ts';
import type { Word } from '../contracts/transcript.ts';
import { beamSearch, type Hypothesis, NO_SCORER, type TokenScorer } from './beam-search.ts';
import { CHECKED_AT_ONCE, DraftedGraph, draftScorer } from './drafted-graph.ts';
import { type EncodedAudio, FULL_TAIL, release, type SilenceTail, SpeechEncoder } from './encoder.ts';
import { compressionRatio, isInvented, isLoop, tokensThatFit } from './guards.ts';
import { KeyValueCache } from './key-value-cache.ts';
import type { Alternatives } from './lexicon/alternatives.ts';
import { mend } from './mending.ts';
import { alignmentLayers } from './models/graphs/decoder-graph.ts';
import type { WhisperConfig } from './models/whisper-config.ts';
import { OnnxSession } from './onnx.ts';
import { alignTokens } from './timing.ts';
import { textWithEnds } from './token-text.ts';
import { type NodeId, ROOT, type Successors, TokenTree } from './token-tree.ts';
import type { SpeechTokenizer } from './tokenizer.ts';
import type { WordJudge } from './word-confidence.ts';
import { timedWords } from './words.ts';

const SUPPRESSED = -1e9;
/** Room that is left for text when a prompt is given: half of the decoder's positions, less the start tokens. */
const PROMPT_SHARE = 0.5;
const MAXIMUM_BEAMS = 10;
/** Rows whose successors one step of a search may tell. */
const MAXIMUM_TOLD = Math.max(MAXIMUM_BEAMS, CHECKED_AT_ONCE);
/** On the second try, after a loop. */
const NO_REPEAT_TOKENS = 4;

/** A model's files, ready to be loaded. */
export interface RecogniserFiles {
  readonly config: WhisperConfig;
  readonly tokenizer: SpeechTokenizer;
  readonly encoderPath: string;
  readonly decoderPath: string;
  readonly alignmentPath: string;
}

export interface RecogniseOptions extends Omit<UtteranceOptions, 'vocabulary' | 'lexicon'> {
  readonly scorer?: TokenScorer<unknown>;
  /** What judges the words of a language, once it is known; where no scorer is given. */
  readonly scorerFor?: (language: string, tokenizer: SpeechTokenizer) => TokenScorer<unknown> | undefined;
  /** Words of a language that others may have been meant for, so that the sound decides between them. */
  readonly alternativesFor?: (language: string) => Alternatives | undefined;
  /** What tells how likely words of a language are right; the mean probability of their tokens where nothing does. */
  readonly judgeFor?: (language: string) => WordJudge | undefined;
  readonly tail?: SilenceTail;
  /**
   * Tokens that the text is expected to begin with: they spare a greedy search most of its steps, and decide close calls
   * where no scorer does.
   */
  readonly draft?: readonly number[];
  readonly signal?: AbortSignal;
}

export type DraftOptions = Omit<DraftRequest, 'samples'> & { readonly signal?: AbortSignal };

/** The decoder after its start tokens, with what it may write first. */
interface Opening {
  readonly tree: TokenTree;
  readonly root: NodeId;
  /** Positions taken by the prompt and the start tokens. */
  readonly length: number;
  readonly first: Successors;
  readonly language: string;
  readonly noSpeechProbability: number;
}

/** Speech of at most 30 s to text: encoder, search, guards and word times. For one thread, one call at a time. */
export class Recogniser {
  readonly #files: RecogniserFiles;
  readonly #encoder: SpeechEncoder;
  readonly #decoder: OnnxSession;
  readonly #alignment: OnnxSession;
  readonly #cache: KeyValueCache;
  readonly #biases: Float32Array;
  /** Of the two rows that the opening tells: nothing at the start token, what text may begin with after the last. */
  readonly #openingBiases: Float32Array;

  private constructor(files: RecogniserFiles, encoder: OnnxSession, decoder: OnnxSession, alignment: OnnxSession) {
    const { dimensions, tokens } = files.config;
    this.#files = files;
    this.#encoder = new SpeechEncoder(encoder, dimensions);
    this.#decoder = decoder;
    this.#alignment = alignment;
    this.#cache = new KeyValueCache(dimensions);
    const textOnly = new Float32Array(dimensions.vocabularySize);
    textOnly.fill(SUPPRESSED, tokens.endOfText + 1);
    for (const token of tokens.suppressed) textOnly[token] = SUPPRESSED;
    this.#biases = new Float32Array(dimensions.vocabularySize * MAXIMUM_TOLD);
    for (let row = 0; row < MAXIMUM_TOLD; row++) this.#biases.set(textOnly, row * dimensions.vocabularySize);
    for (const token of tokens.suppressedFirst) textOnly[token] = SUPPRESSED;
    this.#openingBiases = new Float32Array(2 * dimensions.vocabularySize);
    this.#openingBiases.set(textOnly, dimensions.vocabularySize);
  }

  /** @throws AppError MODEL_INVALID when a graph cannot be loaded. */
  static async load(files: RecogniserFiles): Promise<Recogniser> {
    const encoder = await OnnxSession.load(files.encoderPath);
    const decoder = await OnnxSession.load(files.decoderPath);
    const alignment = await OnnxSession.load(files.alignmentPath);
    return new Recogniser(files, encoder, decoder, alignment);
  }

  /**
   * @param samples at 16 kHz, at most 30 s
   * @throws AbortError when the signal fires
   */
  async recognise(samples: Float32Array, options: RecogniseOptions): Promise<Utterance> {
    // The merged tail costs no words, but a language is told by the whole window: six clips of eight instead of four.
    const tail = options.tail ?? (options.language === 'auto' ? FULL_TAIL : undefined);
    const audio = await this.#encoder.encode(samples, tail);
    try {
      return await this.#read(audio, options);
    } finally {
      release(audio);
    }
  }

  /**
   * What an utterance that is not over says so far, greedily; as cheap as the draft given is right.
   *
   * @param samples at 16 kHz, at most 30 s
   * @throws AbortError when the signal fires
   */
  async draft(samples: Float32Array, options: DraftOptions): Promise<Draft> {
    const { tokens, language } = await this.recognise(samples, { ...options, beamSize: 1, words: false });
    const parted = tokens.findIndex((token, index) => token !== options.draft[index]);
    const kept = parted < 0 ? tokens.length : parted;
    return { tokens, ...textWithEnds(tokens, this.#files.tokenizer), kept, language };
  }

  async close(): Promise<void> {
    await Promise.all([this.#encoder.close(), this.#decoder.close(), this.#alignment.close()]);
  }

  /** A second try when the first one went in circles; nothing when it was made up; times of words when they are wanted. */
  async #read(audio: EncodedAudio, options: RecogniseOptions): Promise<Utterance> {
    let opening = await this.#open(audio, options);
    let hypothesis = await this.#search(audio, opening, options);
    let utterance = this.#describe(hypothesis, opening);
    const { durationSeconds } = audio;
    if (isLoop({ ...utterance, durationSeconds, ended: hypothesis.ended })) {
      opening = await this.#open(audio, { ...options, prompt: '', language: opening.language });
      hypothesis = await this.#search(audio, opening, { ...options, draft: [] }, NO_REPEAT_TOKENS);
      utterance = this.#describe(hypothesis, opening);
    }
    if (isInvented({ ...utterance, durationSeconds, ended: hypothesis.ended })) {
      return { ...utterance, text: '', tokens: [], ...(options.words ? { words: [] } : {}) };
    }
    return options.words ? { ...utterance, words: await this.#time(audio, opening, hypothesis, options) } : utterance;
  }

  /** Feeds prompt and start tokens; finds the language first when it is not given. */
  async #open(audio: EncodedAudio, options: RecogniseOptions): Promise<Opening> {
    const { tokens } = this.#files.config;
    const tree = new TokenTree(this.#decoder, this.#files.config, audio, this.#cache);
    const prompt = this.#promptTokens(options.prompt);
    const start = [...prompt, tokens.startOfTranscript];
    const isMultilingual = tokens.languages.size > 0;
    const mustDetect = isMultilingual && options.language === 'auto';

    if (mustDetect) {
      const detected = await tree.extend(chain(start), [start.length - 1], this.#languageBiases());
      const [likeliest] = detected.successors[0].tokens;
      const language = [...tokens.languages].find(([, token]) => token === likeliest)?.[0] ?? 'en';
      return this.#open(audio, { ...options, language });
    }
    const steering = isMultilingual
      ? [this.#languageToken(options.language), tokens.transcribe, tokens.noTimestamps]
      : [tokens.noTimestamps];
    const all = [...start, ...steering];
    const { nodes, successors } = await tree.extend(
      chain(all),
      [start.length - 1, all.length - 1],
      this.#openingBiases,
    );
    const [atStart, first] = successors;
    return {
      tree,
      root: nodes[nodes.length - 1]!,
      length: all.length,
      first,
      language: options.language,
      noSpeechProbability: Math.exp(atStart.noSpeech),
    };
  }

  async #search(
    audio: EncodedAudio,
    { tree, root, first, length, language }: Opening,
    options: RecogniseOptions,
    noRepeatTokens?: number,
  ): Promise<Hypothesis> {
    const { dimensions, tokens } = this.#files.config;
    const maximumTokens = tokensThatFit(audio.durationSeconds, dimensions.textPositions - length);
    const draft = options.draft?.slice(0, maximumTokens) ?? [];
    const graph = draft.length === 0 ? tree : new DraftedGraph(tree, root, draft, this.#biases);
    const { tokenizer } = this.#files;
    const given = { biases: this.#biases, vocabularySize: dimensions.vocabularySize, endOfText: tokens.endOfText };
    const hypothesis = await beamSearch(graph, root, first, {
      ...given,
      beamSize: options.beamSize,
      maximumTokens,
      scorer:
        options.scorer ??
        options.scorerFor?.(language, tokenizer) ??
        (draft.length === 0 ? NO_SCORER : draftScorer(draft)),
      ...(noRepeatTokens === undefined ? {} : { noRepeatTokens }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const alternatives = options.alternativesFor?.(language);
    return alternatives
      ? mend(tree, hypothesis, { ...given, root, first, tokenizer, language, alternatives })
      : hypothesis;
  }

  #describe(hypothesis: Hypothesis, opening: Opening): Utterance {
    const text = this.#files.tokenizer.decode(hypothesis.tokens).trim();
    return {
      text,
      tokens: hypothesis.tokens,
      language: opening.language,
      averageLogProbability: hypothesis.averageLogProbability,
      compressionRatio: compressionRatio(text),
      noSpeechProbability: opening.noSpeechProbability,
    };
  }

  async #time(
    audio: EncodedAudio,
    { tree, root, language }: Opening,
    hypothesis: Hypothesis,
    { judgeFor }: RecogniseOptions,
  ): Promise<Word[]> {
    const { tokens, nodes, tokenLogProbabilities } = hypothesis;
    if (tokens.length === 0) return [];
    const queries = tree.queriesOf([root, ...nodes]);
    const keys = alignmentLayers(this.#files.config).map((layer) => `cross_key_${layer}`);
    const { attention } = await this.#alignment.run(
      {
        multiplicity: audio.tensors.multiplicity,
        ...Object.fromEntries([...queries].map(([layer, tensor]) => [`query_${layer}`, tensor])),
        ...Object.fromEntries(keys.map((name) => [name, audio.tensors[name]])),
      },
      ['attention'],
    );
    const [heads, rows, positions] = attention.dims;
    const values = attention.data as Float32Array;
    const boundaries = alignTokens({ heads, tokens: rows, positions, values }, audio.soundPositions);
    const timed = { tokens, logProbabilities: tokenLogProbabilities, boundariesSeconds: boundaries };
    return timedWords(timed, this.#files.tokenizer, language, judgeFor?.(language));
  }

  #promptTokens(prompt: string | undefined): number[] {
    if (!prompt) return [];
    const { dimensions, tokens } = this.#files.config;
    const room = Math.floor(dimensions.textPositions * PROMPT_SHARE) - 1;
    return [tokens.startOfPrevious, ...this.#files.tokenizer.encode(` ${prompt.trim()}`).slice(-room)];
  }

  #languageToken(language: string): number {
    const token = this.#files.config.tokens.languages.get(language);
    if (token === undefined) {
      throw new AppError('REQUEST_INVALID', 'the model does not know the language', {
        expected: `"auto" or one of its ${this.#files.config.tokens.languages.size} languages by ISO 639-1 code`,
        got: language,
      });
    }
    return token;
  }

  /** Leaves the language tokens alone. */
  #languageBiases(): Float32Array {
    const { tokens, dimensions } = this.#files.config;
    const biases = new Float32Array(dimensions.vocabularySize).fill(SUPPRESSED);
    for (const token of tokens.languages.values()) biases[token] = 0;
    return biases;
  }
}

/** Tokens each after the one before, from the tree's root. */
function chain(tokens: readonly number[]): { token: number; parent: NodeId }[] {
  return tokens.map((token, index) => ({ token, parent: index === 0 ? ROOT : index - 1 }));
}
