import {
  acquireLease,
  type ChainAccount,
  deployLease,
  type Lease,
  readLease,
  releaseLease,
  renewLease,
} from '@fednode/contracts'
import type { AddressText } from '@fednode/protocol'

/** The lease of one Scenario, for its federator's account. Every call may throw ChainError. */
export type LeaseChain = {
  /** Puts the contract there unless it is. @throws {ChainError} LEASE_UNAVAILABLE. */
  prepare(): Promise<void>
  read(): Promise<Lease | undefined>
  /** @returns the term. @throws {ChainError} LEASE_HELD. */
  acquire(request: {
    readonly holder: `0x${string}`
    readonly seconds: number
    readonly floor: number
  }): Promise<number>
  /** @throws {ChainError} LEASE_LOST. */
  renew(term: number, seconds: number): Promise<void>
  /** @throws {ChainError} LEASE_LOST. */
  release(term: number): Promise<void>
}

/** The chain's AggregatorLease behind one federator's account. */
export function createLeaseChain(account: ChainAccount, scenario: AddressText): LeaseChain {
  return {
    async prepare() {
      await deployLease(account)
    },
    read: () => readLease(account, { scenario }),
    async acquire(request) {
      return (await acquireLease(account, { scenario, ...request })).term
    },
    async renew(term, seconds) {
      await renewLease(account, { scenario, term, seconds })
    },
    async release(term) {
      await releaseLease(account, { scenario, term })
    },
  }
}
