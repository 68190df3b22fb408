import { ChainError, type Lease } from '@fednode/contracts'
import { FedError, type Logger, UserError } from '@fednode/protocol'
import type { LeaseChain } from '../chain/lease-chain.ts'
import type { Leadership } from './leadership.ts'

/** Part of a lease that its holder does not use, for clocks that run at different speeds and blocks whose time is ahead … */
const MARGIN_SHARE = 0.2
/** … and the most of it, in ms: four times what a proposer of Ethereum can be ahead. */
const MAX_MARGIN_MS = 60_000
/** A lease is renewed when this part of it is over. */
const RENEW_SHARE = 0.4
/** Shortest and longest wait before a renewal that failed is tried again, in ms. */
const MIN_RETRY_MS = 250
const MAX_RETRY_MS = 15_000
/** How often it is looked whether the lease is over, in ms. */
const LOOK_MS = 1_000

export type LeaseOptions = {
  /** 32 bytes that name this data directory's aggregator. */
  readonly holder: `0x${string}`
  /** For how long the lead is taken each time; 10 to 86,400. */
  readonly seconds: number
}

export type LeaseDeps = {
  readonly chain: LeaseChain
  readonly logger: Logger
  /** Monotonic ms; stands still while the machine is suspended. */
  elapsed(): number
  /** Unix ms; goes on then, and jumps when a clock is set. */
  now(): number
}

/**
 * Leads by a lease on the chain, renewed in time. The own clock counts from before a renewal was sent, so that it is over here before it
 * is over on the chain; from then on nothing is said until a renewal succeeds, which the chain refuses once another one has led.
 */
export function holdLease({ holder, seconds }: LeaseOptions, deps: LeaseDeps): Leadership {
  const { chain, logger, elapsed, now } = deps
  const usableMs = seconds * 1_000 - Math.min(seconds * 1_000 * MARGIN_SHARE, MAX_MARGIN_MS)
  const over = new AbortController()
  let term = 0
  let heldUntil = { elapsed: Number.NEGATIVE_INFINITY, now: Number.NEGATIVE_INFINITY }

  // By both clocks: one that is slow, or set back, does not make a lease longer.
  const isHeld = (): boolean =>
    !over.signal.aborted && elapsed() < heldUntil.elapsed && now() < heldUntil.now
  const usableFromNow = () => ({ elapsed: elapsed() + usableMs, now: now() + usableMs })

  /** Ends early when the lease turns out to be over: after a suspend the timer is late. */
  async function untilDue(waitMs: number): Promise<void> {
    const [due, wasHeld] = [elapsed() + waitMs, isHeld()]
    while (!over.signal.aborted && elapsed() < due && isHeld() === wasHeld) {
      await rest(Math.min(LOOK_MS, due - elapsed()), over.signal)
    }
  }

  function lose(onLost: (error: FedError) => void, error: FedError): void {
    if (over.signal.aborted) return
    over.abort()
    onLost(error)
  }

  async function keepRenewing(onLost: (error: FedError) => void): Promise<void> {
    let waitMs = seconds * 1_000 * RENEW_SHARE
    for (;;) {
      await untilDue(waitMs)
      if (over.signal.aborted) return
      const until = usableFromNow()
      try {
        await chain.renew(term, seconds)
        heldUntil = until
        waitMs = seconds * 1_000 * RENEW_SHARE
      } catch (error) {
        if (!(error instanceof FedError)) throw error
        if (error.code === 'LEASE_LOST') return lose(onLost, lostTo(undefined, error))
        logger.warn({ code: error.code, held: isHeld() }, 'the lease is not renewed yet')
        waitMs = Math.min(Math.max(usableMs / 10, MIN_RETRY_MS), MAX_RETRY_MS)
      }
    }
  }

  let onLostOnce: (error: FedError) => void = () => {}
  return {
    async take({ floor, onLost }) {
      onLostOnce = onLost
      const until = usableFromNow()
      term = await chain.acquire({ holder, seconds, floor })
      heldUntil = until
      void keepRenewing(onLost)
      return term
    },
    isHeld,
    async confirm() {
      const lease = await chain.read()
      if (lease?.term !== term || lease.holder !== holder) {
        const error = lostTo(lease)
        lose(onLostOnce, error)
        throw error
      }
      if (!isHeld()) throw unsure()
    },
    async release() {
      const wasHeld = isHeld()
      over.abort()
      if (!wasHeld) return
      await chain.release(term).catch((error: unknown) => {
        if (!(error instanceof FedError)) throw error
        logger.debug({ code: error.code }, 'the lease was not released and will expire')
      })
    },
  }
}

/** Ends early when `signal` fires; keeps no process alive. */
function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    timer.unref()
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
}

function lostTo(lease: Lease | undefined, cause?: unknown): UserError {
  const which = lease === undefined ? '' : ` in term ${lease.term}`
  return new UserError('refused', `another aggregator of this federation leads${which}`, {
    code: 'LEASE_LOST',
    hint: 'It took over when this one could not renew its lease in time. Start this one with  --standby.',
    ...(cause === undefined ? {} : { cause }),
  })
}

function unsure(): ChainError {
  return new ChainError('the lease of this aggregator is not renewed yet', { code: 'LEASE_UNSURE' })
}
