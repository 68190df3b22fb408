import { setTimeout as sleep } from 'node:timers/promises'
import type { Address } from 'viem'
import { ask } from '../ask.ts'
import { ChainError } from '../chain-error.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import { parseRpcUrl, shownRpcUrl } from '../rpc-url.ts'
import type { ChainReader } from '../types.ts'
import { readAssertions } from './read-assertions.ts'

/** One of two honest nodes may be a moment behind, or in the middle of a reorg: looks, and the pause between them in ms. */
const LOOKS = 3
const PAUSE_MS = 2_000
/** Most that the newest block of one may be older than that of the other, in seconds. */
const MAX_LAG_SECONDS = 600n

/**
 * Holds two nodes of a chain to each other (T51): both have the same block at the height that both have reached.
 * @throws {ChainError} NODES_DISAGREE (refused) naming both, also when one is far behind; RPC_FAILED.
 */
export async function compareHeads(one: ChainReader, other: ChainReader): Promise<void> {
  for (let look = 1; ; look += 1) {
    const difference = await differenceOfHeads(one, other)
    if (difference === undefined) return
    if (look === LOOKS) throw disagree([one, other], difference)
    await sleep(PAUSE_MS)
  }
}

/**
 * The same for a Scenario: both say that the same was anchored of every round that is over.
 * @throws {ChainError} as compareHeads; CHAIN_LOGS_REFUSED.
 */
export async function compareAssertions(
  one: ChainReader,
  other: ChainReader,
  scenario: Address,
): Promise<void> {
  const current = { address: scenario, abi: scenarioAbi, functionName: 'currentRound' } as const
  const rounds = await both(one, other, (node) => ask(node.public.readContract(current)))
  const over = Math.min(...rounds) - 1
  const [here, there] = await both(one, other, (node) => readAssertions(node, { scenario }))
  for (let round = 1; round <= over; round += 1) {
    const [a, b] = [here.get(round), there.get(round)]
    const isSame =
      a?.sharesHash === b?.sharesHash &&
      a?.evidenceRoot === b?.evidenceRoot &&
      a?.modelDigest === b?.modelDigest
    if (isSame) continue
    const what = `what is anchored of round ${round} (${a?.evidenceRoot ?? 'nothing'} and ${b?.evidenceRoot ?? 'nothing'})`
    throw disagree([one, other], what)
  }
}

async function differenceOfHeads(
  one: ChainReader,
  other: ChainReader,
): Promise<string | undefined> {
  const [a, b] = await both(one, other, (node) => ask(node.public.getBlock()))
  const lag = a.timestamp > b.timestamp ? a.timestamp - b.timestamp : b.timestamp - a.timestamp
  if (lag > MAX_LAG_SECONDS) return `the newest block (one is ${lag} s older)`
  const { number: blockNumber } = a.number > b.number ? b : a
  const [here, there] = await both(one, other, (node) => ask(node.public.getBlock({ blockNumber })))
  return here.hash === there.hash
    ? undefined
    : `block ${blockNumber} (${here.hash} and ${there.hash})`
}

function both<T>(
  one: ChainReader,
  other: ChainReader,
  read: (node: ChainReader) => Promise<T>,
): Promise<[T, T]> {
  return Promise.all([read(one), read(other)])
}

function disagree(nodes: readonly ChainReader[], what: string): ChainError {
  const names = nodes.map(({ rpcUrl }) => shownRpcUrl(parseRpcUrl(rpcUrl))).join(' and ')
  return new ChainError(`the nodes ${names} disagree about ${what}`, {
    code: 'NODES_DISAGREE',
    fault: 'refused',
    hint: 'One of them lies, or is not up to date: nothing was done. Ask a third, and use the ones that agree.',
  })
}
