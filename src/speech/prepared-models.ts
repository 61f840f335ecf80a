import { join } from 'node:path';
import type { ModelFiles } from '../contracts/speech-messages.ts';
import type { ModelSummary } from '../contracts/transcriber.ts';
import { findGraphs } from './models/graph-cache.ts';
import {
  BUNDLED_DIRECTORY,
  listModels,
  type ModelLocations,
  type PresentModel,
  resolveModel,
} from './models/registry.ts';
import { TASK_TIMEOUTS_MS } from './task-timeouts.ts';
import { SpeechWorkerThread } from './worker-thread.ts';

export interface PreparedModelsOptions {
  readonly dataDirectory: string;
  readonly defaultModel?: string;
  /** Of the thread that derives graphs. */
  readonly script: URL;
}

/** The models on this machine, each with its graphs derived once. */
export class PreparedModels {
  readonly #options: PreparedModelsOptions;
  readonly #locations: ModelLocations;
  /** By model folder. */
  readonly #prepared = new Map<string, Promise<ModelFiles>>();
  readonly #closing = new AbortController();

  constructor(options: PreparedModelsOptions) {
    this.#options = options;
    this.#locations = { bundledDirectory: BUNDLED_DIRECTORY, dataDirectory: options.dataDirectory };
  }

  /** The model of that name, or the default one. @throws AppError MODEL_NOT_FOUND */
  resolve(name?: string): PresentModel {
    return resolveModel(this.#locations, name ?? this.#options.defaultModel);
  }

  list(): readonly ModelSummary[] {
    return listModels(this.#locations);
  }

  /** @throws AppError MODEL_INVALID and the like; the next call tries again */
  prepare(modelFolder: string): Promise<ModelFiles> {
    const started = this.#prepared.get(modelFolder);
    if (started) return started;
    const preparing = this.#derive(modelFolder);
    this.#prepared.set(modelFolder, preparing);
    preparing.catch(() => this.#prepared.delete(modelFolder));
    return preparing;
  }

  /** Ends what is being prepared. */
  close(): void {
    this.#closing.abort();
  }

  /** Graphs that are not there are derived in a thread of their own, which takes its memory with it when it ends. */
  async #derive(modelFolder: string): Promise<ModelFiles> {
    const { dataDirectory, script } = this.#options;
    const cacheFolder = join(dataDirectory, 'cache', 'graphs');
    const found = await findGraphs(modelFolder, cacheFolder);
    if (found) return { folder: modelFolder, ...found };
    const thread = new SpeechWorkerThread(script, () => {});
    this.#closing.signal.addEventListener('abort', () => void thread.close(), { once: true });
    try {
      return await thread.run('prepare', { modelFolder, cacheFolder }, { timeoutMs: TASK_TIMEOUTS_MS.prepare });
    } finally {
      await thread.close();
    }
  }
}
