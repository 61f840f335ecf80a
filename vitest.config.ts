import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Recognition on a busy machine with few cores takes its time; a hang is still found.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
