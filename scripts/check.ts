/** `pnpm check`: everything that is wrong without running the product. Never rewrites; `pnpm check:fix` does. */
import { finish, runSteps } from './steps.ts'

finish(
  await runSteps([
    { title: 'biome: lint and format', command: ['biome', 'check', '.'] },
    { title: 'tsc: types', command: ['tsc', '--noEmit', '-p', 'tsconfig.json'] },
    { title: 'knip: unused files, exports and dependencies', command: ['knip'] },
    { title: 'generated files are fresh', command: ['node', 'scripts/generate.ts', '--check'] },
    {
      title: 'generated ABIs are fresh',
      command: ['node', 'packages/contracts/scripts/build.ts', '--check'],
    },
  ]),
)
