import path from 'node:path'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { readKeptMemberPlan } from '../../../members/kept-member-plan.ts'
import { findFederation } from '../../../runtime/find-scenario.ts'
import { scenarioPaths } from '../../../runtime/scenario-directory.ts'
import { type ChainFacts, readChainFacts } from '../../../verify/chain-facts.ts'
import { verificationText } from '../../../verify/verification-text.ts'
import {
  type Verification,
  type VerifyOptions,
  verifyScenario,
} from '../../../verify/verify-scenario.ts'
import { trusted, withReader } from '../../market/market.ts'
import { hintOffline } from './hint-offline.ts'
import type { verifyArguments, verifyOptions } from './options.ts'

type Args = ArgsOf<typeof verifyArguments> & ArgsOf<typeof verifyOptions>
type Options = Args & { readonly verify: VerifyOptions }

export function init(args: Args, { cwd }: Context): Options {
  const { scenario, round, data, engine } = args
  return {
    ...args,
    verify: {
      dataDirectory: path.resolve(cwd, args.dir),
      ...(scenario === undefined ? {} : { scenario }),
      ...(round === undefined ? {} : { round }),
      ...(data === undefined ? {} : { data: path.resolve(cwd, data) }),
      ...(engine === undefined ? {} : { engine }),
    },
  }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  if (options.offline) return outcomeOf(await verifyScenario(options.verify, undefined, context))
  const { dataDirectory } = options.verify
  const scenario = options.scenario ?? findFederation(dataDirectory).scenario
  if (readKeptMemberPlan(scenarioPaths(dataDirectory, scenario).directory) !== undefined) {
    return outcomeOf(await verifyScenario({ ...options.verify, scenario }, undefined, context))
  }
  const verified = withReader(options, async (reader) => {
    const identity = trusted({ scenario, orchestrator: options.orchestrator })
    const facts: ChainFacts = await readChainFacts(reader, identity, context.logger)
    return outcomeOf(await verifyScenario({ ...options.verify, scenario }, facts, context))
  })
  return verified.catch(hintOffline)
}

function outcomeOf(verification: Verification): Outcome {
  const { scenario, checks, recomputed, alone } = verification
  const isPassed = checks.every(({ status }) => status !== 'FAIL')
  return {
    data: {
      scenario,
      passed: isPassed,
      recomputed,
      ...(alone === undefined ? {} : { alone }),
      checks,
    },
    text: verificationText(verification),
    ...(isPassed ? {} : { fault: 'data' }),
  }
}
