import { join } from 'node:path';
import { defineConfig } from 'vite';
import { messages } from './src/web/messages.sv.ts';

const words: Readonly<Record<string, unknown>> = messages;

export default defineConfig({
  root: join(import.meta.dirname, 'src/web'),
  logLevel: 'warn',
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
    // The page's content security policy allows files of its own origin only: nothing may become a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
