import { expect } from 'vitest';
import type { LiveSettings } from '../../src/live/settings.ts';
import type { LevelSpeech } from '../live/level-speech.ts';
import { bytesOf, ProtocolClient, runLevels } from './protocol-client.ts';

/** As a client sees it: any field may be there. */
export interface RealtimeEvent {
  readonly type: string;
  readonly event_id: string;
  readonly item_id?: string;
  readonly item?: { readonly id: string };
  readonly previous_item_id?: string | null;
  readonly delta?: string;
  readonly transcript?: string;
  readonly audio_start_ms?: number;
  readonly audio_end_ms?: number;
  readonly usage?: { readonly seconds: number };
  readonly logprobs?: readonly { readonly token: string }[];
  readonly session?: Record<string, unknown>;
  readonly error?: { readonly code: string; readonly param: string | null; readonly event_id?: string | null };
}

export const DELTA = 'conversation.item.input_audio_transcription.delta';
export const COMPLETED = 'conversation.item.input_audio_transcription.completed';
export const FAILED = 'conversation.item.input_audio_transcription.failed';

/** A client that knows the protocol, without any library. */
export class RealtimeRaw extends ProtocolClient<RealtimeEvent> {
  static async connect(port: number, subprotocols: string[] = [], headers: Record<string, string> = {}) {
    const client = new RealtimeRaw(`ws://127.0.0.1:${port}/v1/realtime?intent=transcription`, subprotocols, {
      headers,
    });
    await client.until('created');
    return client;
  }

  update(input: object, include?: string[]): void {
    this.send({ type: 'session.update', session: { type: 'transcription', audio: { input }, include } });
  }

  append(bytes: Uint8Array | Int16Array): void {
    const audio = Buffer.from(bytes instanceof Int16Array ? bytesOf(bytes) : bytes).toString('base64');
    this.send({ type: 'input_audio_buffer.append', audio });
  }

  commit(): void {
    this.send({ type: 'input_audio_buffer.commit' });
  }

  clear(): void {
    this.send({ type: 'input_audio_buffer.clear' });
  }

  ofType(type: string): RealtimeEvent[] {
    return this.received.filter((event) => event.type === type);
  }

  /** The last words of the types of all events so far; deltas that follow one another are told as one. */
  get types(): string[] {
    const types = this.received.map(({ type }) => type.replace(/^.*[._](?=[a-z]+$)/, ''));
    return types.filter((type, at) => type !== 'delta' || types[at - 1] !== 'delta');
  }

  /** Once so many events with such an ending have come. */
  async until(ending: string, count = 1): Promise<RealtimeEvent[]> {
    const found = () => this.received.filter(({ type }) => type.endsWith(ending));
    await expect.poll(() => found().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
    return found();
  }

  async error(): Promise<NonNullable<RealtimeEvent['error']>> {
    const errors = await this.until('error');
    return errors.at(-1)!.error!;
  }
}

export async function runRealtime(changed: Partial<LiveSettings> = {}, speech?: LevelSpeech) {
  const server = await runLevels(changed, speech);
  return { ...server, client: await RealtimeRaw.connect(server.port) };
}
