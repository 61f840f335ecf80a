import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

const UPGRADE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  `Sec-WebSocket-Key: ${btoa('0123456789abcdef')}`,
];
const CLOSE_FRAME = 0x88;

/** A TCP connection without any manners. */
export class RawSocket {
  readonly socket: Socket;
  #received = Buffer.alloc(0);
  readonly #closed: Promise<unknown>;

  private constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => {});
    this.socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
    });
    this.#closed = once(this.socket, 'close');
    onTestFinished(() => void this.socket.destroy());
  }

  static async open(port: number): Promise<RawSocket> {
    const raw = new RawSocket(port);
    await once(raw.socket, 'connect');
    return raw;
  }

  /** One that the server takes for a WebSocket. */
  static async upgraded(port: number): Promise<RawSocket> {
    const raw = await RawSocket.open(port);
    raw.socket.write(['GET /api/live HTTP/1.1', `Host: 127.0.0.1:${port}`, ...UPGRADE, '', ''].join('\r\n'));
    await once(raw.socket, 'data');
    return raw;
  }

  /** All that came until the server closed the connection. */
  async answer(): Promise<string> {
    await this.#closed;
    return this.#received.toString('latin1');
  }

  /** The code of the close frame that came last; undefined when there was none. */
  async closeCode(): Promise<number | undefined> {
    const received = Buffer.from(await this.answer(), 'latin1');
    const at = received.lastIndexOf(CLOSE_FRAME);
    return at === -1 ? undefined : received.readUInt16BE(at + 2);
  }
}

/** A frame as the WebSocket protocol has it (RFC 6455, 5.2), with whatever first byte and masked unless told not to be. */
export function rawFrame(firstByte: number, payload: Uint8Array, isMasked = true): Buffer {
  const length = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 0xff];
  length[0]! |= isMasked ? 0x80 : 0;
  // A mask of zeros leaves the payload as it is.
  return Buffer.from([firstByte, ...length, ...(isMasked ? [0, 0, 0, 0] : []), ...payload]);
}
