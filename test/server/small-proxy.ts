import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * A reverse proxy as docs/reverse-proxy.md sets one up: it hands requests and upgrades on with their Host, without
 * keeping answers back, and says over what and for whom it asks.
 */
export async function runProxy(
  targetPort: number,
  forwarded: Record<string, string> = { 'x-forwarded-proto': 'https' },
) {
  const onward = (incoming: IncomingMessage) =>
    request({
      host: '127.0.0.1',
      port: targetPort,
      method: incoming.method,
      path: incoming.url,
      agent: false,
      headers: { ...incoming.headers, 'x-forwarded-for': '203.0.113.9', ...forwarded },
    });
  const sockets = new Set<Socket>();
  const proxy = createServer((incoming, outgoing) => {
    const sent = onward(incoming).on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    sent.on('error', () => outgoing.destroy());
    incoming.pipe(sent);
  });
  proxy.on('connection', (socket) => sockets.add(socket));
  proxy.on('upgrade', (incoming, socket: Socket, head) => {
    const sent = onward(incoming);
    sent.on('error', () => socket.destroy());
    sent.on('response', (answer) => {
      socket.end(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\nconnection: close\r\n\r\n`);
    });
    sent.on('upgrade', (answer, upstream, upstreamHead) => {
      const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`);
      socket.write(['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n'));
      socket.write(upstreamHead);
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
      for (const end of [socket, upstream]) end.on('error', () => end.destroy());
    });
    sent.end();
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  });
  return (proxy.address() as AddressInfo).port;
}
