import { readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  type ChainAccount,
  type ChainReader,
  connectAccount,
  type Network,
  setBalance,
  transferToken,
} from '../../packages/contracts/src/index.ts'
import type { Dataset } from '../../packages/engine/src/index.ts'
import type { Plan } from '../../packages/node/src/plan/plan.ts'
import { addressOf } from '../../test/e2e/lines-of.ts'
import { type RunningCli, startCli } from '../../test/e2e/start-cli.ts'
import { writeIdx } from './write-idx.ts'

const GAS_MONEY = 10n ** 20n
/** A port that was free a moment ago may be somebody's connection by now. */
const LISTEN = '/ip4/127.0.0.1/tcp/0'

/** Where members are started, and who pays them. */
export type Stage = {
  readonly reader: ChainReader
  readonly founder: ChainAccount
  readonly network: Network
  readonly plan: Plan
  /** Each member's own is below it, by its name. */
  readonly directory: string
}

/** Who is to take part, and in what. */
export type Entry = {
  readonly name: string
  /** What `fednode join` is told to join: a number of an alliance, a task of the arena. */
  readonly what: string
  readonly role: 'alliance' | 'arena-node' | 'arena-validator'
  readonly data: Dataset
  /** In whole tokens. */
  readonly stake: number
  /** What it is given, wei. */
  readonly tokens: bigint
  /** Somebody to begin with, who finds it the others; undefined for the first. */
  readonly known: RunningCli | undefined
  /** More words for the command. */
  readonly words?: readonly string[]
}

/** A member as a process of its own. */
export type StartedMember = { readonly address: `0x${string}`; readonly process: RunningCli }

/**
 * Makes a member's keys, gives it tokens and native coin, and starts `fednode join` for it.
 * @throws {TypeError} when keys cannot be made. {Error} when who it is to know has ended.
 */
export async function startMember(stage: Stage, entry: Entry): Promise<StartedMember> {
  const { reader, network, plan, directory } = stage
  const { name, what, role, data, stake, known, words = [] } = entry
  const address = await giveAccount(stage, entry)
  const own = ['--data', await writeIdx(path.join(directory, name), data), '--dir', name]
  const terms = ['--manifest', plan.source, '--accept', plan.cid, '--stake', String(stake)]
  const chain = ['--rpc', reader.rpcUrl, '--network', network.directory]
  const bootstrap = known === undefined ? [] : ['--bootstrap', await addressOf(known)]
  const host = ['--listen', LISTEN, ...bootstrap, ...words]
  const join = ['join', what, '--name', name, '--role', role, '--json']
  return { address, process: startCli([...join, ...own, ...terms, ...chain, ...host], directory) }
}

async function giveAccount(
  { reader, founder, network, directory }: Stage,
  { name, tokens }: Entry,
): Promise<`0x${string}`> {
  const made = startCli(['init', '--dir', name, '--json'], directory)
  if ((await made.code) !== 0) throw new TypeError(made.stderr())
  const key = await readFile(path.join(directory, name, 'account.key'), 'utf8')
  const privateKey = key.trim() as `0x${string}`
  const { address } = await connectAccount({ rpcUrl: reader.rpcUrl, privateKey })
  await setBalance(reader, { address, amount: GAS_MONEY })
  await transferToken(founder, { token: network.contracts.token, to: address, amount: tokens })
  return address
}
