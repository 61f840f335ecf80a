/** Sizes of a Whisper network; every number comes from the checkpoint's own config. */
export interface WhisperDimensions {
  readonly width: number;
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  readonly encoderHeads: number;
  readonly decoderHeads: number;
  readonly feedForwardWidth: number;
  readonly melBins: number;
  readonly vocabularySize: number;
  /** Positions of the encoder's output, 1500 for 30 s. */
  readonly audioPositions: number;
  /** Positions that the decoder can hold, 448. */
  readonly textPositions: number;
}

/** Ids of the tokens that steer the decoder. */
export interface WhisperTokens {
  readonly endOfText: number;
  readonly startOfTranscript: number;
  readonly transcribe: number;
  readonly startOfPrevious: number;
  readonly noSpeech: number;
  readonly noTimestamps: number;
  /** ISO 639-1 code to token. */
  readonly languages: ReadonlyMap<string, number>;
  /** Never to be written. */
  readonly suppressed: readonly number[];
  /** Not to be written first. */
  readonly suppressedFirst: readonly number[];
}

export interface WhisperConfig {
  readonly dimensions: WhisperDimensions;
  readonly tokens: WhisperTokens;
  /** Pairs [decoder layer, head] whose cross-attention follows the sound. */
  readonly alignmentHeads: readonly (readonly [layer: number, head: number])[];
}
