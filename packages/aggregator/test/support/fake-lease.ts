import { ChainError, type Lease } from '@fednode/contracts'
import type { LeaseChain } from '../../src/chain/lease-chain.ts'

/** A lease in memory, by the contract's rules and a clock of its own. */
export type FakeLease = LeaseChain & {
  lease: Lease | undefined
  /** Thrown by every call while it is set. */
  down?: Error
  /** Seconds by the chain's clock. */
  now(): number
}

export function createFakeLease(now: () => number = () => performance.now() / 1_000): FakeLease {
  const look = (): void => {
    if (fake.down !== undefined) throw fake.down
  }
  const own = (term: number): Lease => {
    look()
    if (fake.lease?.term === term) return fake.lease
    throw new ChainError('another one leads', { code: 'LEASE_LOST' })
  }
  const until = (seconds: number): bigint => BigInt(Math.floor(now() + seconds))
  const fake: FakeLease = {
    now,
    lease: undefined,
    prepare: async () => look(),
    async read() {
      look()
      return fake.lease
    },
    async acquire({ holder, seconds, floor }) {
      look()
      const { lease } = fake
      const isFree = lease === undefined || now() >= Number(lease.expiresAt)
      if (!isFree && lease.holder !== holder) {
        throw new ChainError('another one leads', { code: 'LEASE_HELD', fault: 'refused' })
      }
      const term = Math.max(lease?.term ?? 0, floor) + 1
      fake.lease = { holder, term, expiresAt: until(seconds) }
      return term
    },
    async renew(term, seconds) {
      fake.lease = { ...own(term), expiresAt: until(seconds) }
    },
    async release(term) {
      fake.lease = { ...own(term), expiresAt: until(0) }
    },
  }
  return fake
}
