import { setTimeout as sleep } from 'node:timers/promises'
import { ChainError, LOCAL_CHAIN_ID } from '@fednode/contracts'
import type { FederatorChain } from '../chain/federator-chain.ts'
import { reopenVanished } from '../chain/reopen-vanished.ts'
import type { Run } from './coordinator.ts'

/** Blocks on top of the last one that make it final for us: two and a half minutes of Ethereum. */
const CONFIRMATIONS = 12
const LOCAL_POLL_MS = 200
const POLL_MS = 6_000

/**
 * Waits until every step is done on the chain and as many blocks lie above it as are believed not to vanish; what vanished all the same is
 * sent again (T52). A local chain mines nothing of itself and takes nothing back: nothing is waited for there.
 */
export async function settleFinally(run: Run): Promise<void> {
  const { deps, queue, options, signal } = run
  await queue.drained()
  const { chain } = deps
  if (chain === undefined) return
  const isLocal = options.chainId === LOCAL_CHAIN_ID
  const { confirmations = isLocal ? 0 : CONFIRMATIONS } = options
  const pollMs = options.pollMs ?? (isLocal ? LOCAL_POLL_MS : POLL_MS)
  let from: bigint | undefined
  while (!signal.aborted) {
    const head = await answerOf(run, async () => (await chain.head()).number)
    from ??= head
    const isDeep = from !== undefined && head !== undefined && head >= from + BigInt(confirmations)
    if (isDeep) {
      const isOver = await answerOf(run, () => isStillOver(run, chain))
      if (isOver) return
      if (isOver === false) from = undefined
    }
    await queue.drained()
    // Aborting is how a wait ends early; nothing else rejects here.
    await sleep(pollMs, undefined, { signal }).catch(() => {})
  }
}

/** Whether the last round is settled; else what vanished is put back into the queue. */
async function isStillOver({ deps, queue }: Run, chain: FederatorChain): Promise<boolean> {
  const { phase, currentRound } = await chain.readScenario()
  const { journal, logger } = deps
  const from = { round: currentRound, before: Number.MAX_SAFE_INTEGER }
  if (phase === 'closed' || currentRound > journal.lastClosedRound()) return true
  logger.warn({ round: currentRound }, 'the chain went back: what vanished is sent again')
  await reopenVanished({ journal, chain }, from)
  queue.wake()
  return false
}

/** Undefined while the chain does not answer. */
async function answerOf<T>({ deps }: Run, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof ChainError)) throw error
    deps.logger.debug({ code: error.code }, 'the chain does not answer')
    return undefined
  }
}
