import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import { SystemState } from '../../contracts/operations-api.ts';
import type { Transcriber } from '../../contracts/transcriber.ts';
import type { LiveSessions } from '../../live/sessions.ts';
import { isDemo } from '../../storage/demo/seed-demo.ts';
import type { Storage } from '../../storage/storage.ts';
import { apiRoute } from '../api-route.ts';
import type { ServerCertificate } from '../server-certificate.ts';

interface SystemParts {
  readonly storage: Storage;
  readonly transcriber: Transcriber;
  readonly live?: LiveSessions | undefined;
  readonly certificate?: ServerCertificate | undefined;
  readonly config: Pick<Config, 'dataDirectory' | 'defaultModel'>;
}

const Package = z.object({ version: z.string() });
const { version } = Package.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')));
const startedAt = new Date(Date.now() - process.uptime() * 1000);

/** What the server is and how it is doing, beside its job queue: for operators. */
export async function systemStateRoutes(app: FastifyInstance, parts: SystemParts): Promise<void> {
  const { storage, config } = parts;
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/operations/system',
      summary: 'What the server is and how it is doing',
      roles: ['operator'],
      answers: SystemState,
    },
    async () => {
      const [demo, speech, server, disk] = await Promise.all([
        isDemo(storage),
        speechState(parts),
        storage.serverState(),
        diskState(config.dataDirectory),
      ]);
      const { certificate } = parts;
      return {
        version,
        runtime: process.version,
        startedAt,
        demo,
        speech,
        live: liveState(parts),
        database: server,
        disk,
        certificate: certificate ? { validUntil: new Date(certificate.pair.validUntilMs) } : null,
      };
    },
  );
}

async function speechState({ transcriber, config }: SystemParts): Promise<SystemState['speech']> {
  const models = await transcriber.models();
  const defaultModel = config.defaultModel ?? models.find(({ bundled }) => bundled)?.name;
  return {
    ...transcriber.status(),
    models: models.map(({ name, sizeBytes }) => ({ name, sizeBytes, isDefault: name === defaultModel })),
  };
}

function liveState({ live }: SystemParts): SystemState['live'] {
  return live ? { sessions: live.sessionCount, attended: live.attendedCount, journalBytes: live.journalBytes } : null;
}

/** A folder that is not there yet, or a file system that does not tell, is no failure of the page. */
async function diskState(folder: string): Promise<SystemState['disk']> {
  const { bsize, bavail, blocks } = await statfs(folder).catch(() => ({ bsize: 0, bavail: 0, blocks: 0 }));
  return blocks === 0 ? null : { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}
