import { type ChainReader, LOCAL_CHAIN_ID, readChainTime } from '@fednode/contracts'
import type { Logger } from '@fednode/protocol'
import { createOffsetWatch } from '../runtime/offset-watch.ts'

/** How far this machine's clock may be from the chain's before it is said, in ms: a few slots of Ethereum that nobody filled. */
const LIMIT_MS = 60_000

/** The clock by which contracts judge deadlines. */
export type ChainClock = {
  /** Unix seconds. @throws {ChainError} RPC_FAILED. */
  time(): Promise<number>
}

/**
 * Goes on between blocks: the newest block's time, and what has passed here since that block was first seen. What this machine takes for
 * the time of day plays no part in it; when that is far from the chain's, it is said once.
 */
export function createChainClock(
  reader: ChainReader,
  deps: {
    readonly logger: Pick<Logger, 'warn'>
    /** Unix ms; only compared with the chain's. */
    now(): number
    /** Monotonic ms. @default performance.now */
    elapsed?(): number
  },
): ChainClock {
  const { now, logger, elapsed = () => performance.now() } = deps
  let seen = { time: 0n, at: 0 }
  const watch = createOffsetWatch(LIMIT_MS, (secondsAhead) => {
    logger.warn(
      { secondsAhead, limitSeconds: LIMIT_MS / 1_000 },
      "this machine's clock is not the chain's: set it; or give another node (--rpc) if this one is behind",
    )
  })
  return {
    async time() {
      const time = await readChainTime(reader)
      // A block that was taken back counts as a new one.
      if (time !== seen.time) seen = { time, at: elapsed() }
      const present = Number(time) + (elapsed() - seen.at) / 1_000
      // The local chain's clock is moved by hand.
      if (reader.chainId !== LOCAL_CHAIN_ID) watch(now() - present * 1_000)
      return Math.floor(present)
    },
  }
}
