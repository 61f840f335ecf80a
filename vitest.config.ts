import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Files that recognise speech start workers of their own: more of them at once would only starve each other.
    maxWorkers: 2,
    // Recognition on a busy machine with few cores takes its time; a hang is still found.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // So does a page; what is waited for comes at once where nothing else runs.
    expect: { poll: { timeout: 15_000 } },
  },
});
