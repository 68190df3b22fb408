import path from 'node:path'
import { UserError } from '@fednode/protocol'
import type { ArgsOf } from '../framework/option.ts'
import type { modelArguments, modelOptions } from '../options/model.ts'
import type { ModelChoice } from './find-model.ts'
import { keptChoice } from './kept-choice.ts'

type Args = ArgsOf<typeof modelArguments> & ArgsOf<typeof modelOptions>

/**
 * Which model the options of a command mean.
 * @throws {UserError} usage BAD_OPTION when a file comes without its manifest, or with a round.
 */
export function modelChoice(args: Args, cwd: string): ModelChoice {
  const { scenario, round, model, manifest } = args
  if (model === undefined) {
    if (manifest !== undefined) throw bad('--manifest is for a model file', 'Add  --model FILE.')
    return keptChoice(args, cwd)
  }
  if (manifest === undefined)
    throw bad(
      '--model: a file of weights does not say what they are of',
      'Add  --manifest federation.yaml.',
    )
  if (round !== undefined || scenario !== undefined)
    throw bad('--model is one model: it has no rounds', 'Leave out --round and the Scenario.')
  return { kind: 'file', model: path.resolve(cwd, model), manifest: path.resolve(cwd, manifest) }
}

function bad(message: string, hint: string): UserError {
  return new UserError('usage', message, { code: 'BAD_OPTION', hint })
}
