import {
  type ChainReader,
  type Network,
  readEarned,
  readPositionsOf,
  readVotes,
  type StakePosition,
} from '@fednode/contracts'
import { openNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { addressOf } from '../../../identity/account-source.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { withReader } from '../../market/market.ts'
import { positionWords, taskNumber, taskWords } from '../stake-place.ts'
import { describeStanding } from './describe-standing.ts'
import type { statusOptions } from './options.ts'
import { readStanding, type Standing } from './read-standing.ts'

type Args = ArgsOf<typeof statusOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

export async function run(options: Options, { cwd }: Context): Promise<Outcome> {
  const account = await addressOf(options, cwd)
  return withReader(options, async (reader) => {
    const network = await openNetwork(reader, options)
    const { stakeManager, token } = network.contracts
    const positions = await chosen(reader, network, { options, account })
    const [{ balance }, earned, ...standings] = await Promise.all([
      readVotes(reader, { token, account }),
      readEarned(reader, { stakeManager, owner: account }),
      ...positions.map((position) => readStanding(reader, network, { position, account })),
    ])
    const there = standings.filter((standing) => standing !== undefined)
    return {
      data: {
        network: network.directory.toLowerCase(),
        account,
        balance,
        earned,
        positions: there.map((standing) => standingData(standing, network)),
      },
      text: describe({ account, balance, earned, there }, network),
    }
  })
}

/** The position that the options name in full, or all of the account's that fit them. */
async function chosen(
  reader: ChainReader,
  network: Network,
  { options, account }: { readonly options: Options; readonly account: `0x${string}` },
): Promise<readonly StakePosition[]> {
  const { role, operator } = options
  const task = options.task === undefined ? undefined : taskNumber(network, options.task)
  if (role !== undefined && task !== undefined) {
    return [{ operator: operator ?? account, role, task }]
  }
  const all = await readPositionsOf(reader, { ...network, account })
  return all.filter(
    (position) =>
      (role === undefined || position.role === role) &&
      (task === undefined || position.task === task) &&
      (operator === undefined || position.operator.toLowerCase() === operator),
  )
}

function standingData(
  { position, state, holdings, unclaimed, slashes }: Standing,
  network: Network,
): object {
  const { operator, role, task } = position
  const words = positionWords(network, position)
  return {
    position: words,
    operator: operator.toLowerCase(),
    role,
    task,
    ...state,
    holdings,
    ...(unclaimed === undefined ? {} : { unclaimed }),
    slashes,
  }
}

function describe(
  about: {
    readonly account: string
    readonly balance: bigint
    readonly earned: bigint
    readonly there: readonly Standing[]
  },
  network: Network,
): string {
  const { account, balance, earned, there } = about
  const head = [
    `account  ${account}`,
    `balance  ${amountText(balance)} FDN`,
    `earned   ${amountText(earned)} FDN${earned === 0n ? '' : `, not collected: ${collecting(about, network)}`}`,
  ]
  const parts = there.map((standing) => describeStanding(standing, network).join('\n'))
  return [head.join('\n'), ...(parts.length === 0 ? ['no positions'] : parts)].join('\n\n')
}

/** What was earned is the account's, but the command asks for a position: any will do. */
function collecting(
  { account, there }: { readonly account: string; readonly there: readonly Standing[] },
  network: Network,
): string {
  const command = 'fednode stake withdraw --earned'
  const [first] = there
  if (first === undefined) return `${command} --role ROLE --task TASK`
  const { operator, role, task } = first.position
  const whose = operator.toLowerCase() === account ? '' : ` --operator ${operator.toLowerCase()}`
  return `${command} --role ${role} --task ${taskWords(network, task)}${whose}`
}
