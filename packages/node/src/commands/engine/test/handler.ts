import { findEngine, SELF_TEST_TOLERANCE } from '@fednode/engine'
import { describeEngine } from '../../../engines/describe-engine.ts'
import { engineSurroundings } from '../../../engines/open-engine.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import type { engineTestArguments, engineTestOptions } from './options.ts'

type Options = ArgsOf<typeof engineTestArguments> & ArgsOf<typeof engineTestOptions>

export function init(options: Options): Options {
  return options
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const finding = await findEngine(options.engine, engineSurroundings(options, context))
  const engine = describeEngine(finding)
  const data = { tolerance: SELF_TEST_TOLERANCE, engine }
  const { probe } = finding
  if (!probe.works)
    return { data, text: `${engine.name}: ${probe.reason}\n  fix  ${probe.fix}`, fault: 'data' }
  const on = engine.device ?? engine.library
  return {
    data,
    text: [
      `${engine.name} passes${on === null ? '' : ` on ${on}`}`,
      `  error  ${probe.error.toExponential(1)} at most, ${SELF_TEST_TOLERANCE.toExponential(0)} allowed: forward, backward, two steps of two models`,
      `  speed  ${engine.samplesPerSecond} samples/s in the training of a small CNN (403,242 weights)`,
    ].join('\n'),
  }
}
