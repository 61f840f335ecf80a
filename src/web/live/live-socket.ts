/** The little that the live client needs of a WebSocket. */
export interface LiveSocket {
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
}

export interface LiveSocketEvents {
  onOpen(): void;
  onMessage(text: string): void;
  /** Once, whoever closed and whether it was ever open. */
  onClose(code: number): void;
}

export type ConnectLive = (events: LiveSocketEvents) => LiveSocket;

/** Connects by the platform's own WebSocket. */
export function connectTo(url: string | URL): ConnectLive {
  return (events) => {
    const socket = new WebSocket(url);
    socket.onopen = () => events.onOpen();
    socket.onmessage = ({ data }) => events.onMessage(String(data));
    socket.onclose = ({ code }) => events.onClose(code);
    return socket;
  };
}
