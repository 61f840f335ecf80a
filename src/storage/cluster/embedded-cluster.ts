import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { AppError } from '../../contracts/errors.ts';
import { findBinaries, type PostgresBinaries } from './binaries.ts';
import { CLUSTER_OWNER, type ClusterFolder, prepareClusterFolder } from './cluster-folder.ts';
import { clusterUser } from './cluster-user.ts';
import { lookAtSocket, stopOrphan, takeOwnership } from './ownership.ts';
import { PostgresProcess, type PostgresSettings } from './postgres-process.ts';
import { reachableFolder } from './reachable.ts';

const START_TIMEOUT_MS = 60_000;
const LOOK_AGAIN_MS = 40;
/** Waits between starts of a cluster that has ended by itself; after the last one it is given up. */
const RESTART_AFTER_MS = [100, 500, 2_000, 5_000, 10_000];
/** A cluster that has run so long is in order: its next end starts the waits anew. */
const IN_ORDER_AFTER_MS = 60_000;

export interface ClusterEvent {
  readonly event:
    | 'database-elsewhere'
    | 'database-started'
    | 'database-orphan-stopped'
    | 'database-ended'
    | 'database-given-up';
  /** Where root keeps the database when PostgreSQL's user cannot reach the data directory. */
  readonly folder?: string;
  readonly pid?: number | undefined;
  /** PostgreSQL's own last words. */
  readonly reason?: string;
}

export interface EmbeddedClusterOptions {
  /** Absolute path of a folder for the database alone. */
  readonly folder: string;
  /** Recovery after a crash counts in. */
  readonly startTimeoutMs?: number;
  readonly settings?: PostgresSettings;
  readonly log?: (event: ClusterEvent) => void;
}

/**
 * PostgreSQL as a private child process on a unix socket. It is started again when it ends by itself; a cluster that a
 * killed server left running is stopped first, and one that a living server holds is refused.
 */
export class EmbeddedCluster {
  readonly #folder: ClusterFolder;
  readonly #binaries: PostgresBinaries;
  readonly #options: EmbeddedClusterOptions;
  #process: PostgresProcess | undefined;
  #ownership: pg.Client | undefined;
  #isClosing = false;
  #restarting: Promise<void> | undefined;
  #restarts = 0;

  private constructor(folder: ClusterFolder, binaries: PostgresBinaries, options: EmbeddedClusterOptions) {
    this.#folder = folder;
    this.#binaries = binaries;
    this.#options = options;
  }

  /** Resolves when connections are accepted. Throws DATABASE_START, and DATABASE_IN_USE when another server has it. */
  static async start(options: EmbeddedClusterOptions): Promise<EmbeddedCluster> {
    const user = await clusterUser(options.folder);
    const binaries = await findBinaries(user);
    const path = user ? await reachableFolder(options.folder, user) : options.folder;
    const cluster = new EmbeddedCluster(await prepareClusterFolder(path, binaries), binaries, options);
    if (path !== options.folder) cluster.#tell({ event: 'database-elsewhere', folder: path });
    await cluster.#start();
    return cluster;
  }

  /** How its owner connects to one of its databases. */
  connection(database: string): pg.ClientConfig {
    return { host: this.#folder.path, user: CLUSTER_OWNER, database };
  }

  /** Process id of the server while it runs. */
  get pid(): number | undefined {
    return this.#process?.isRunning ? this.#process.pid : undefined;
  }

  /** Stops the server in order. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#restarting;
    await this.#ownership?.end().catch(() => undefined);
    await this.#process?.stop();
  }

  async #start(): Promise<void> {
    const timeoutMs = this.#options.startTimeoutMs ?? START_TIMEOUT_MS;
    const deadline = performance.now() + timeoutMs;
    let said = 'no answer';
    while (performance.now() < deadline && !this.#isClosing) {
      const found = await lookAtSocket(this.#folder);
      if (found === 'owned') {
        const expected = 'one server a data directory';
        throw new AppError('DATABASE_IN_USE', 'the database is in use', { expected, got: 'another one that runs' });
      }
      if (found === 'orphan') {
        await stopOrphan(this.#folder);
        this.#tell({ event: 'database-orphan-stopped' });
      }
      if (found === 'nobody') {
        const reason = await this.#run(deadline);
        if (reason === undefined) return;
        said = reason;
      }
      await sleep(LOOK_AGAIN_MS);
    }
    const expected = `connections within ${timeoutMs} ms`;
    throw new AppError('DATABASE_START', 'the database did not start', { expected, got: said, retryable: true });
  }

  /** One try: undefined when it runs and is ours, else why not. */
  async #run(deadline: number): Promise<string | undefined> {
    const run = new PostgresProcess(this.#binaries, this.#folder, this.#options.settings ?? {});
    let reason = 'no connection in time';
    while (run.isRunning && performance.now() < deadline && !this.#isClosing) {
      try {
        const ownership = await takeOwnership(this.#folder);
        // Another server's cluster answered while ours gave way to it.
        if (!run.isRunning) await ownership.end();
        else {
          this.#ownership = ownership;
          this.#process = run;
          this.#tell({ event: 'database-started', pid: run.pid });
          const startedAtMs = performance.now();
          void run.ended.then((words) => {
            this.#restarting = this.#whenEnded(run, startedAtMs, words);
          });
          return undefined;
        }
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
        await sleep(LOOK_AGAIN_MS);
      }
    }
    await run.stop();
    return (await run.ended) || reason;
  }

  async #whenEnded(run: PostgresProcess, startedAtMs: number, reason: string): Promise<void> {
    if (this.#isClosing) return;
    this.#tell({ event: 'database-ended', pid: run.pid, reason });
    if (performance.now() - startedAtMs > IN_ORDER_AFTER_MS) this.#restarts = 0;
    while (!this.#isClosing) {
      const waitMs = RESTART_AFTER_MS[this.#restarts++];
      if (waitMs === undefined) break;
      await sleep(waitMs);
      if (this.#isClosing) return;
      try {
        await this.#start();
        return;
      } catch (error) {
        this.#tell({ event: 'database-ended', reason: AppError.from(error).message });
      }
    }
    if (!this.#isClosing) this.#tell({ event: 'database-given-up' });
  }

  #tell(event: ClusterEvent): void {
    this.#options.log?.(event);
  }
}
