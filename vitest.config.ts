import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Two cores: one file per core, each in its own process, because tfjs and libp2p keep process-wide state.
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          maxWorkers: 2,
          setupFiles: ['./packages/protocol/test/support/seed-properties.ts'],
          include: ['packages/*/test/unit/**/*.test.ts', 'test/unit/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
