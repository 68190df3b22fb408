/** `pnpm test`: forge beside vitest, whose federations wait as much as they compute; its summary closes the output. */
import { finish, runSteps } from './steps.ts'

finish(
  await runSteps([
    {
      title: 'forge: unit, fuzz and invariant tests',
      command: ['node', 'packages/contracts/scripts/test.ts'],
      background: true,
    },
    { title: 'vitest: unit, property and end-to-end tests', command: ['vitest', 'run'] },
  ]),
)
