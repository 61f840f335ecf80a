import { Storage } from '../../src/storage/storage.ts';

/** A server's storage in a process that a test can kill: node storage-child.ts DIRECTORY */
const storage = await Storage.open({ dataDirectory: process.argv[2]! });
await storage.plain.insertInto('units').values({ name: 'from the child' }).execute();
console.log('open');
setInterval(() => undefined, 1 << 30);
