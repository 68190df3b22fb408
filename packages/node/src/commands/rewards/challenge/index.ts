import { defineCommand } from '../../../framework/command.ts'
import { challengeArguments, challengeOptions } from './options.ts'

export const rewardsChallengeCommand = defineCommand({
  name: 'rewards challenge',
  summary:
    'say with a bond that the root which waits is wrong: it waits as long again, for the guardian to look',
  example: 'fednode rewards challenge why.md --dir watcher',
  arguments: challengeArguments,
  options: challengeOptions,
  load: () => import('./handler.ts'),
})
