import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import { onTestFinished } from 'vitest';
import { makeCertificate } from '../../src/cli/certificate.ts';
import { createAuthority, createKey, issueServerCertificate } from '../../src/cli/certificate-authority.ts';
import { type CertificateEvent, ServerCertificate } from '../../src/server/server-certificate.ts';
import { scratchFolder } from '../scratch-folder.ts';

export const HOST_NAME = 'tal.klinik.se';

/** A certificate made as a clinic makes it, opened as the server opens it. */
export async function madeCertificate(lookEveryMs?: number) {
  const folder = await scratchFolder();
  const { authority, server: files } = await makeCertificate(folder, { host: [HOST_NAME], days: 90 });
  const events: CertificateEvent[] = [];
  const certificate = await ServerCertificate.open({
    files,
    log: (event) => events.push(event),
    ...(lookEveryMs !== undefined && { lookEveryMs }),
  });
  onTestFinished(() => certificate.close());
  const ca = await readFile(authority.certPath, 'utf8');
  return { folder, files, ca, certificate, events, renew: () => makeCertificate(folder, { days: 90, renew: true }) };
}

/** The paths of a certificate that ends so many days from now, and of its key. */
export async function certificateOf(days: number) {
  const folder = await scratchFolder();
  const files = { certPath: `${folder}/server.crt`, keyPath: `${folder}/server.key` };
  const key = createKey();
  const cert = await issueServerCertificate(await createAuthority('planted'), { key, names: ['localhost'], days });
  await writeFile(files.keyPath, key);
  await writeFile(files.certPath, cert);
  return { files, key, cert };
}

/** The serial number of the certificate that a new connection is shown. */
export async function serialAt(port: number, ca: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, ca, servername: HOST_NAME });
  await once(socket, 'secureConnect');
  const { serialNumber } = socket.getPeerCertificate();
  socket.destroy();
  return serialNumber;
}
