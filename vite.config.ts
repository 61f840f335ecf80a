import { join } from 'node:path';
import { defineConfig } from 'vite';
import { ADMIN_MESSAGES } from './src/web/messages/drift.sv.ts';
import { LOG_MESSAGES } from './src/web/messages/log.sv.ts';
import { LOGIN_MESSAGES } from './src/web/messages/login.sv.ts';
import { QUEUE_MESSAGES } from './src/web/messages/queue.sv.ts';
import { RECORDED_MESSAGES } from './src/web/messages/recorded.sv.ts';
import { VOCABULARY_MESSAGES } from './src/web/messages/vocabulary.sv.ts';
import { messages } from './src/web/messages.sv.ts';

const PAGES = [
  'index.html',
  'diktera.html',
  'inloggning.html',
  'logg.html',
  'bokning.html',
  'drift.html',
  'ordlista.html',
  'inspelat.html',
];

const words: Readonly<Record<string, unknown>> = {
  ...messages,
  ...LOGIN_MESSAGES,
  ...LOG_MESSAGES,
  adminTitle: ADMIN_MESSAGES.adminTitle,
  queueTitle: QUEUE_MESSAGES.queueTitle,
  recordedTitle: RECORDED_MESSAGES.recordedTitle,
  vocabularyTitle: VOCABULARY_MESSAGES.vocabularyTitle,
};

export default defineConfig({
  root: join(import.meta.dirname, 'src/web'),
  logLevel: 'warn',
  // The same page whoever builds it: a test run is no reason for the libraries' own checks.
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  oxc: { jsx: { runtime: 'automatic', development: false } },
  plugins: [
    {
      name: 'messages',
      transformIndexHtml: (html) =>
        html.replaceAll(/\{\{(\w+)\}\}/g, (_place, key) => {
          if (typeof words[key] !== 'string') throw new Error(`expected a message for {{${key}}}; got none`);
          return words[key];
        }),
    },
  ],
  build: {
    outDir: join(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    // Read from a machine nearby, and once.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: PAGES.map((page) => join(import.meta.dirname, 'src/web', page)),
    },
    // The page's content security policy allows files of its own origin only: nothing may become a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
