import path from 'node:path'
import { evaluationDigest } from '@fednode/aggregator'
import {
  type ChainAccount,
  type ChainReader,
  createTask,
  fundTask,
  type Network,
  parseAmount,
  type TaskTerms,
} from '@fednode/contracts'
import { digestOfCid } from '@fednode/protocol'
import { checkArenaPlan } from '../../../arena/check-task-plan.ts'
import { leastStake } from '../../../arena/least-stake.ts'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { durationText } from '../../../framework/duration-text.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import type { Plan } from '../../../plan/plan.ts'
import { readPlanFile } from '../../../plan/read-plan-file.ts'
import { stakeToAdvise } from '../../../voting/stake-to-advise.ts'
import { taskWords } from '../../stake/stake-place.ts'
import type { createArguments, createOptions } from './options.ts'

type Args = ArgsOf<typeof createArguments> & ArgsOf<typeof createOptions>
type Options = Resolved<Args> & { readonly path: string; readonly wei: bigint }

const BPS_PER_PERCENT = 100

export function init(args: Args, context: Context): Options {
  const wei = args.pot === undefined ? 0n : parseAmount(args.pot)
  return { ...withDirectory(args, context), path: path.resolve(context.cwd, args.file), wei }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const plan = await readPlanFile(options.path)
  checkArenaPlan(plan, options.metric)
  return inNetwork(options, context, async (account, network) => {
    // Asked before: a chain that does not answer afterwards would hide that the task is there.
    const stakes = await advisedStakes(account, network)
    const deed = creationOf(options, { plan, network, stakes })
    return askThenAct(account, deed, { options, context })
  })
}

function creationOf(
  options: Options,
  {
    plan,
    network,
    stakes: [ofNodes, ofValidators],
  }: { readonly plan: Plan; readonly network: Network; readonly stakes: AdvisedStakes },
): Deed {
  const { metric, wei, file } = options
  const { registry } = network.contracts
  const terms = termsOf(options, plan)
  const data = { ...terms, metric, pot: wei }
  return {
    foretold: { data, text: foretell(options, { plan, terms }) },
    question: 'Pose the task?',
    async act(account: ChainAccount) {
      const made = await createTask(account, { registry, terms, pot: wei })
      const { task } = made
      const funded =
        wei === 0n ? undefined : await fundTask(account, { registry, task, amount: wei })
      const words = taskWords(network, task)
      const join = `fednode join ${words} --manifest ${file} --data FILE --name NAME`
      const gasUsed = made.gasUsed + (funded?.gasUsed ?? 0n)
      const text = [
        `task ${words} is posed; whoever takes part needs ${file}`,
        `Nodes:      ${join} --role arena-node --stake ${ofNodes}`,
        `Validators: ${join} --role arena-validator --stake ${ofValidators}`,
      ].join('\n')
      return minedOutcome(
        { data: { ...data, task, name: words }, text },
        { hash: made.hash, gasUsed },
      )
    },
  }
}

/** Of a node, and of a validator. */
type AdvisedStakes = readonly [nodes: string, validators: string]

async function advisedStakes(reader: ChainReader, { contracts }: Network): Promise<AdvisedStakes> {
  const ofNodes = await leastStake(reader, contracts, 'node')
  const ofValidators = await leastStake(reader, contracts, 'validator')
  return [stakeToAdvise(ofNodes), stakeToAdvise(ofValidators)]
}

function termsOf(options: Options, { cid }: Plan): TaskTerms {
  const { metric, rounds, submitTime, commitTime, revealTime, share, seats } = options
  return {
    manifest: digestOfCid(cid),
    evaluation: evaluationDigest(metric),
    rounds,
    submitSeconds: submitTime,
    commitSeconds: commitTime,
    revealSeconds: revealTime,
    shareBps: share * BPS_PER_PERCENT,
    seats,
  }
}

function foretell(
  { metric, wei }: Options,
  { plan, terms }: { readonly plan: Plan; readonly terms: TaskTerms },
): string {
  const { rounds, submitSeconds, commitSeconds, revealSeconds, seats } = terms
  const each = [submitSeconds, commitSeconds, revealSeconds].map(durationText)
  return [
    `pose the task "${plan.manifest.name}", manifest ${plan.cid}`,
    `  models are scored by ${metric}, each by ${seats} validators`,
    `  ${rounds} ${rounds === 1 ? 'round' : 'rounds'}: ${each[0]} to submit, ${each[1]} to commit, ${each[2]} to reveal`,
    `  ${wei === 0n ? 'no pot yet' : `pot of ${amountText(wei)} FDN`}; your stake as task-creator of arena:0 covers it`,
  ].join('\n')
}
