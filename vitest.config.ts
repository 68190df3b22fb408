import { defineConfig } from 'vitest/config'

/** Whole federations over a real network and chain: beside another file their rounds may wait for a late silo until the deadline. */
const ALONE = [
  'packages/aggregator/test/unit/coordinator/real-parts.test.ts',
  'packages/node/test/unit/commands/verify.test.ts',
]

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
          exclude: ALONE,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', ...ALONE],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          // Real processes, clocks and sockets: a second try tells a machine that stood still for a moment from a defect, and is reported.
          retry: 1,
        },
      },
    ],
  },
})
