/**
 * The packages that only bench/peers installs, by names that the type checker does not follow: the project type-checks
 * without them, and their own sources are not checked with it.
 */

/** The little that is used of npm @huggingface/transformers. */
export interface Transformers {
  readonly env: { readonly version: string; allowRemoteModels: boolean; localModelPath: string };
  pipeline(
    task: 'automatic-speech-recognition',
    model: string,
    options: Record<string, unknown>,
  ): Promise<(samples: Float32Array, options: Record<string, unknown>) => Promise<{ text: string }>>;
  readonly WhisperFeatureExtractor: new (
    config: Record<string, number>,
  ) => {
    /** Triangular filters, [melBins][bins]. */
    readonly config: { readonly mel_filters: readonly (readonly number[])[] };
  };
}

/** The little that is used of npm @fugood/whisper.node. */
export interface WhisperNode {
  initWhisper(options: { filePath: string; useGpu: boolean }): Promise<{
    transcribeData(
      samples: ArrayBuffer,
      options: { language: string; maxThreads: number },
    ): { readonly promise: Promise<{ result: string }> };
  }>;
}

export function importTransformers(): Promise<Transformers> {
  return importUnchecked('@huggingface/transformers') as Promise<Transformers>;
}

export function importWhisperNode(): Promise<WhisperNode> {
  return importUnchecked('@fugood/whisper.node') as Promise<WhisperNode>;
}

function importUnchecked(name: string): Promise<unknown> {
  return import(name);
}
