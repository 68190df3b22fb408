import path from 'node:path'
import {
  ask,
  type ChainReader,
  parseRpcUrl,
  readBlockTime,
  readBooks,
  readChainTime,
  readScenario,
  shownRpcUrl,
} from '@fednode/contracts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { momentText } from '../../../framework/moment-text.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { addressOf } from '../../../identity/account-source.ts'
import { trusted, withReader } from '../../market/market.ts'
import { describeScenario } from './describe-scenario.ts'
import type { statusArguments, statusOptions } from './options.ts'

type Args = ArgsOf<typeof statusArguments> & ArgsOf<typeof statusOptions>
type Options = Args & { readonly directory: string }

/** The chain's head and the own account. */
type Head = {
  readonly chainId: number
  readonly blockNumber: bigint
  readonly blockTime: bigint
  readonly account: `0x${string}`
  readonly gasMoney: bigint
}

export function init(args: Args, { cwd }: Context): Options {
  return { ...args, directory: path.resolve(cwd, args.dir) }
}

export async function run(options: Options, { cwd }: Context): Promise<Outcome> {
  const { scenario, orchestrator, rpc } = options
  const account = await addressOf(options, cwd)
  return withReader(options, async (reader) => {
    const head = await readHead(reader, account)
    const lines = describeHead(head, rpc)
    if (scenario === undefined) return { data: head, text: lines.join('\n') }
    const state = await readScenario(reader, trusted({ scenario, orchestrator }))
    const books = await readBooks(reader, { scenario })
    return {
      data: { ...head, scenario: state, books },
      text: [...lines, '', ...describeScenario(state, books, await readChainTime(reader))].join(
        '\n',
      ),
    }
  })
}

async function readHead(reader: ChainReader, account: `0x${string}`): Promise<Head> {
  const [blockNumber, blockTime, gasMoney] = await Promise.all([
    ask(reader.public.getBlockNumber({ cacheTime: 0 })),
    readBlockTime(reader),
    ask(reader.public.getBalance({ address: account })),
  ])
  return { chainId: reader.chainId, blockNumber, blockTime, account, gasMoney }
}

function describeHead(
  { chainId, blockNumber, blockTime, account, gasMoney }: Head,
  rpc: string,
): string[] {
  return [
    `chain       ${chainId} at ${shownRpcUrl(parseRpcUrl(rpc))}`,
    `head        block ${blockNumber}, ${momentText(blockTime)}`,
    `account     ${account}`,
    `gas money   ${amountText(gasMoney, 6)}`,
  ]
}
