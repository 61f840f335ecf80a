import { once } from 'node:events';
import type pg from 'pg';
import { loadConfig } from '../../src/config.ts';
import { buildApp } from '../../src/server/app.ts';
import { DEFAULT_POOL_LIMITS } from '../../src/storage/connections.ts';
import { Storage } from '../../src/storage/storage.ts';
import { ScriptedTranscriber } from './scripted-transcriber.ts';

/** A server of its own to be killed while it books: it is told its database, and tells its address. */
const [connection] = (await once(process, 'message')) as [pg.ClientConfig];
const storage = Storage.join(connection, DEFAULT_POOL_LIMITS);
const app = await buildApp({ transcriber: new ScriptedTranscriber(), config: loadConfig({}), clinic: { storage } });
process.send!(await app.listen({ host: '127.0.0.1', port: 0 }));
process.once('disconnect', () => process.exit());
