/** `pnpm test`: contracts first, so that vitest's summary closes the output. */
import { finish, runSteps } from './steps.ts'

finish(
  runSteps([
    {
      title: 'forge: unit, fuzz and invariant tests',
      command: ['pnpm', '--filter', '@fednode/contracts', 'run', 'test:forge'],
    },
    { title: 'vitest: unit, property and end-to-end tests', command: ['vitest', 'run'] },
  ]),
)
