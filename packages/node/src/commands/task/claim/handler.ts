import {
  type ArenaPurse,
  type ChainAccount,
  claimArena,
  type Mined,
  readPurse,
  readTaskMember,
  releaseMember,
  type Task,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { taskWords } from '../../stake/stake-place.ts'
import { findTask } from '../find-task.ts'
import type { claimArguments, claimOptions } from './options.ts'

type Args = ArgsOf<typeof claimArguments> & ArgsOf<typeof claimOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

/** @throws {UserError} refused: NOT_IN_TASK, NOTHING_DUE. */
export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, network) => {
    const { number: task, task: found } = await findTask(account, network, options.task)
    const { registry } = network.contracts
    const member = options.member ?? account.address
    const place = { registry, task, member }
    const [{ role, released }, purse] = await Promise.all([
      readTaskMember(account, place),
      readPurse(account, place),
    ])
    const words = taskWords(network, task)
    if (role === 'none') throw notInTask(member, words)
    const { due: amount } = purse
    const waiting = purse.free + purse.locked - purse.drawn - amount
    const releases = found.phase === 'finished' && !released
    if (amount === 0n && !releases) throw nothingDue({ member, words, waiting, phase: found.phase })
    const about = { task, name: words, member: member.toLowerCase(), role }
    const data = { ...about, amount, waiting, released: released || releases }
    const text = textOf({ words, amount, waiting, releases })
    const deed = {
      foretold: { data, text },
      question: 'Claim?',
      async act(by: ChainAccount) {
        return minedOutcome({ data, text }, await collect(by, place, { purse, releases }))
      },
    }
    return askThenAct(account, deed, { options, context })
  })
}

/** @returns the last of its transactions, with the gas of both. */
async function collect(
  by: ChainAccount,
  place: Parameters<typeof claimArena>[1],
  { purse, releases }: { readonly purse: ArenaPurse; readonly releases: boolean },
): Promise<Pick<Mined, 'hash' | 'gasUsed'>> {
  const paid = purse.due === 0n ? undefined : await claimArena(by, place)
  if (paid !== undefined && !releases) return paid
  const { hash, gasUsed } = await releaseMember(by, place)
  return { hash, gasUsed: gasUsed + (paid?.gasUsed ?? 0n) }
}

function textOf(about: {
  readonly words: string
  readonly amount: bigint
  readonly waiting: bigint
  readonly releases: boolean
}): string {
  const { words, amount, waiting, releases } = about
  const lines = [
    `${amountText(amount)} FDN of task ${words} go to the member's position: fednode stake withdraw --earned  pays them out`,
    ...(waiting === 0n ? [] : [`  ${amountText(waiting)} FDN more vest after the task's end`]),
    ...(releases ? ['  its stake is free: fednode stake withdraw'] : []),
  ]
  return lines.join('\n')
}

function notInTask(member: string, words: string): UserError {
  return new UserError('refused', `${member} takes no part in task ${words}`, {
    code: 'NOT_IN_TASK',
    hint: 'fednode task show  lists its members.',
  })
}

function nothingDue(about: {
  readonly member: string
  readonly words: string
  readonly waiting: bigint
  readonly phase: Task['phase']
}): UserError {
  const { member, words, waiting, phase } = about
  const rest = waiting === 0n ? '' : `; ${amountText(waiting)} FDN wait for their vesting`
  return new UserError('refused', `nothing is due to ${member} in task ${words} now${rest}`, {
    code: 'NOTHING_DUE',
    hint:
      phase === 'finished'
        ? 'What is locked vests in a straight line from the end of the task: try again later.'
        : 'Rewards are booked when a round is counted; nine tenths of a node’s vest after the end of the task.',
  })
}
