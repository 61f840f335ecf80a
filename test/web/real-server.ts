import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { vi } from 'vitest';
import { PROJECT_DIRECTORY } from '../../src/config.ts';

/** Building the model's graphs on a busy machine. */
const READY_MS = 120_000;

/** The server as `npm start` runs it, on a free port, with what it keeps in a folder of its own. */
export class RealServer {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /** Resolves when it recognises speech. */
  static async start(dataDirectory: string): Promise<RealServer> {
    const child = spawn(process.execPath, [join(PROJECT_DIRECTORY, 'src/main.ts'), '--port', '0'], {
      cwd: PROJECT_DIRECTORY,
      env: { ...process.env, TALTID_DATA: dataDirectory },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const port = await portOf(child);
    const server = new RealServer(child, port);
    const isReady = async () => (await fetch(`http://127.0.0.1:${port}/health`)).ok;
    try {
      await vi.waitUntil(isReady, { timeout: READY_MS, interval: 200 });
    } catch (error) {
      await server.kill();
      throw error;
    }
    return server;
  }

  /** As a service manager ends it: what it started ends with it. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }

  /** As a crash ends it. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

async function portOf({ stdout }: ChildProcess): Promise<number> {
  for await (const line of createInterface({ input: stdout! })) {
    const [, port] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line) ?? [];
    if (port === undefined) continue;
    stdout!.resume();
    return Number(port);
  }
  throw new Error('expected the server to say where it listens; its log ended');
}

/** A network between a page and its server that can be cut, and that leads to another server when that was restarted. */
export class CuttableNetwork {
  readonly #listener: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  /** Where it leads. */
  targetPort: number;

  private constructor(targetPort: number) {
    this.targetPort = targetPort;
    this.#listener = createServer((near) => this.#join(near));
  }

  static async open(targetPort: number): Promise<CuttableNetwork> {
    const network = new CuttableNetwork(targetPort);
    network.#listener.listen(0, '127.0.0.1');
    await once(network.#listener, 'listening');
    return network;
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  /** Connections break off in the middle, and none come through. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  close(): void {
    this.cut();
    this.#listener.close();
  }

  #join(near: Socket): void {
    if (this.#isCut) {
      near.destroy();
      return;
    }
    const far = new Socket().connect(this.targetPort, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
