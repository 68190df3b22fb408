import { setTimeout as sleep } from 'node:timers/promises'
import { advanceTime, type ChainAccount, ChainError, readBlockTime } from '@fednode/contracts'

/** How often a clock that runs ahead goes on, in ms. */
const TICK_MS = 1_000

/** The clock of a local chain, which otherwise stands between transactions. */
export type NetworkClock = {
  /** Moves it forward; nothing happens when it is past that already. */
  jump(to: bigint): Promise<void>
  stop(): Promise<void>
}

/** Lets a chain's clock go on by itself, second by second, so that whoever waits for a moment sees it come. */
export function startClock(account: ChainAccount): NetworkClock {
  const controller = new AbortController()
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (job: () => Promise<unknown>): Promise<unknown> => {
    const done = last.then(job)
    // Who asked for it hears of a failure; the clock goes on.
    last = done.catch(() => {})
    return done
  }
  const tick = async (): Promise<void> => {
    try {
      await advanceTime(account, (await readBlockTime(account)) + 1n)
    } catch (error) {
      // Somebody's transaction was mined in between, and moved the clock as well.
      if (!(error instanceof ChainError)) throw error
    }
  }
  const ticking = (async () => {
    while (!controller.signal.aborted) {
      await inTurn(tick)
      await sleep(TICK_MS, undefined, { signal: controller.signal }).catch(() => {})
    }
  })()
  return {
    jump: async (to) => void (await inTurn(() => advanceTime(account, to))),
    async stop() {
      controller.abort()
      await ticking
    },
  }
}
