import path from 'node:path'
import {
  type AllianceTerms,
  type ChainAccount,
  createAlliance,
  formatAmount,
  type Network,
  parseAmount,
} from '@fednode/contracts'
import { cidOfBlob, digestOfCid, UserError } from '@fednode/protocol'
import { checkAlliancePlan } from '../../../alliance/check-alliance-plan.ts'
import { firstModel } from '../../../alliance/first-model.ts'
import { leastStake } from '../../../arena/least-stake.ts'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import { openEvaluator } from '../../../engines/open-engine.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import type { Plan } from '../../../plan/plan.ts'
import { readPlanFile } from '../../../plan/read-plan-file.ts'
import { stakeToAdvise } from '../../../voting/stake-to-advise.ts'
import { checkSeats } from './check-seats.ts'
import type { createArguments, createOptions } from './options.ts'

type Args = ArgsOf<typeof createArguments> & ArgsOf<typeof createOptions>
type Options = Args & {
  readonly directory: string
  readonly file: string
  readonly poolWei: bigint
  readonly stakeWei: bigint
}

/** @throws {UserError} usage BAD_OPTION. */
export function init(args: Args, { cwd }: Context): Options {
  checkSeats(args)
  return {
    ...args,
    directory: path.resolve(cwd, args.dir),
    file: path.resolve(cwd, args.manifest),
    poolWei: parseAmount(args.pool),
    stakeWei: parseAmount(args.minStake),
  }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const plan = await readPlanFile(options.file)
  checkAlliancePlan(plan)
  const terms = await termsOf(plan, options)
  return inNetwork(options, context, async (account, network) => {
    const least = await leastStake(account, network.contracts, 'alliance')
    if (options.stakeWei < least) throw tooLittle(least)
    return askThenAct(
      account,
      foundingOf(network, { terms, plan, pool: options.poolWei, file: options.manifest }),
      {
        options,
        context,
      },
    )
  })
}

function tooLittle(least: bigint): UserError {
  return new UserError(
    'usage',
    `--min-stake is ${formatAmount(least)} FDN at least, as stake.min-alliance has it`,
    {
      code: 'BAD_OPTION',
      hint: 'fednode dao params  shows what governance has set.',
    },
  )
}

/** With the digest of the model that everybody begins with, which every engine draws alike. */
async function termsOf({ cid, manifest }: Plan, options: Options): Promise<AllianceTerms> {
  const engine = await openEvaluator({ engine: 'auto' })
  try {
    return {
      manifest: digestOfCid(cid),
      model: digestOfCid(cidOfBlob(firstModel(engine, manifest))),
      rounds: options.rounds,
      minParticipants: options.minParticipants,
      maxParticipants: options.maxParticipants,
      proposers: options.proposers,
      voters: options.voters,
      contributeWindow: options.contributeSeconds,
      commitWindow: options.commitSeconds,
      revealWindow: options.revealSeconds,
      minStake: options.stakeWei,
    }
  } finally {
    engine.dispose()
  }
}

function foundingOf(
  { contracts }: Network,
  {
    terms,
    plan,
    pool,
    file,
  }: {
    readonly terms: AllianceTerms
    readonly plan: Plan
    readonly pool: bigint
    readonly file: string
  },
): Deed {
  const { alliance } = contracts
  const data = { terms, manifest: plan.cid, pool }
  const lines = [
    `found an alliance for "${plan.manifest.name}", manifest ${plan.cid}`,
    `  ${terms.rounds} rounds share ${amountText(pool)} FDN, which you pay`,
    `  each draws ${terms.proposers} to propose and ${terms.voters} to vote, of ${terms.minParticipants} to ${terms.maxParticipants} participants`,
    `  a participant stakes ${amountText(terms.minStake)} FDN at least`,
  ]
  return {
    foretold: { data, text: lines.join('\n') },
    question: 'Found it?',
    async act(account: ChainAccount) {
      const mined = await createAlliance(account, { alliance, terms, pool })
      const { id, task } = mined
      const text = [
        `founded alliance ${id}`,
        `  next: fednode join ${id} --role alliance --manifest ${file} --data FILE --name NAME --stake ${stakeToAdvise(terms.minStake)}`,
      ].join('\n')
      return minedOutcome({ data: { ...data, id, task }, text }, mined)
    },
  }
}
