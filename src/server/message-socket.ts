import type { RawData, WebSocket } from 'ws';
import { LIVE_CLOSE } from '../contracts/live.ts';
import type { MessageSocket } from '../live/link.ts';

/** A WebSocket as live sessions use it: messages go out as JSON, and it is closed with the live protocol's codes. */
export function messageSocket<Message>(socket: WebSocket): MessageSocket<Message> {
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    close: (name) => socket.close(LIVE_CLOSE[name], name),
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
}

export function wholeMessage(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
