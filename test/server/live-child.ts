import { loadConfig } from '../../src/config.ts';
import { LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS } from '../../src/live/settings.ts';
import { buildApp } from '../../src/server/app.ts';
import { SimulatedSpeech } from '../live/simulated-speech.ts';
import { ScriptedTranscriber } from './scripted-transcriber.ts';

/** A server of its own to be killed: its journals are where the first argument says, its port is told by its log. */
const config = loadConfig({});
const live = await LiveSessions.open({
  speech: new SimulatedSpeech(),
  folder: process.argv[2]!,
  settings: DEFAULT_LIVE_SETTINGS,
  log: () => {},
});
const app = await buildApp({ transcriber: new ScriptedTranscriber(), live, config });
await app.listen({ host: '127.0.0.1', port: 0 });
