import { join } from 'node:path';
import { defineConfig } from 'vite';
import { CALENDAR_MESSAGES } from './src/web/messages/calendar.sv.ts';
import { ADMIN_MESSAGES } from './src/web/messages/drift.sv.ts';
import { EXCHANGE_MESSAGES } from './src/web/messages/exchange.sv.ts';
import { LETTER_TEXTS_MESSAGES } from './src/web/messages/letter-texts.sv.ts';
import { LOG_MESSAGES } from './src/web/messages/log.sv.ts';
import { LOGIN_MESSAGES } from './src/web/messages/login.sv.ts';
import { QUEUE_MESSAGES } from './src/web/messages/queue.sv.ts';
import { RECORDED_MESSAGES } from './src/web/messages/recorded.sv.ts';
import { SICK_DAY_MESSAGES } from './src/web/messages/sick-day.sv.ts';
import { VOCABULARY_MESSAGES } from './src/web/messages/vocabulary.sv.ts';
import { messages } from './src/web/messages.sv.ts';

const PAGES = [
  'index.html',
  'diktera.html',
  'inloggning.html',
  'logg.html',
  'bokning.html',
  'tidbok.html',
  'drift.html',
  'ordlista.html',
  'inspelat.html',
  'sjukdag.html',
  'utbyte.html',
  'brevtexter.html',
];

/** How every page begins. */
const HEAD = `
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="./icon.svg" type="image/svg+xml">`;

const words: Readonly<Record<string, unknown>> = {
  ...messages,
  loginTitle: LOGIN_MESSAGES.loginTitle,
  logTitle: LOG_MESSAGES.logTitle,
  adminTitle: ADMIN_MESSAGES.adminTitle,
  letterTextsTitle: LETTER_TEXTS_MESSAGES.letterTextsTitle,
  calendarTitle: CALENDAR_MESSAGES.calendarTitle,
  queueTitle: QUEUE_MESSAGES.queueTitle,
  recordedTitle: RECORDED_MESSAGES.recordedTitle,
  exchangeTitle: EXCHANGE_MESSAGES.exchangeTitle,
  sickDayTitle: SICK_DAY_MESSAGES.sickDayTitle,
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
      transformIndexHtml: {
        // Before the assets are looked for.
        order: 'pre',
        handler: (html) =>
          html.replace('<head>', `<head>${HEAD}`).replaceAll(/\{\{(\w+)\}\}/g, (_place, key) => {
            if (typeof words[key] !== 'string') throw new Error(`expected a message for {{${key}}}; got none`);
            return words[key];
          }),
      },
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
