import type { Address } from 'viem'
import type { scenarioAbi } from '../../generated/scenario.ts'
import { inconsistent } from '../index-error.ts'
import { changesNothing, type EventHandlers } from './event-handlers.ts'
import { type BondBook, NO_ASSERTION } from './market-state.ts'
import { addToPot } from './round-handlers.ts'

type BondEvent =
  | 'RoundDisputed'
  | 'EvidenceGiven'
  | 'DisputeResolved'
  | 'BondCredited'
  | 'BondStaked'
  | 'BondWithdrawn'

/** Events of disputes and of the bonds that both sides stake. */
export const BOND_HANDLERS: Pick<EventHandlers<typeof scenarioAbi>, BondEvent> = {
  RoundDisputed({ machine, bonds }, { disputer, bond, resolvableAt }) {
    machine.phase = 'disputed'
    bonds.held += bond
    Object.assign(bonds.assertion, { disputer, disputeBond: bond, resolvableAt })
  },
  EvidenceGiven: changesNothing,
  DisputeResolved({ machine, bonds, paid }, { round, upheld, toPot }, time) {
    machine.phase = upheld ? 'asserted' : 'open'
    machine.finalizableAt = upheld ? time : 0n
    bonds.held -= toPot
    addToPot(machine, round, toPot)
    paid.deposited += toPot
    const { sharesHash, bond } = bonds.assertion
    bonds.assertion = upheld ? { ...NO_ASSERTION, sharesHash, bond } : { ...NO_ASSERTION }
    if (upheld) return
    machine.startedAt = time
    bonds.attempt += 1
  },
  BondCredited({ bonds }, { account, amount }) {
    changeCredit(bonds, account, amount)
  },
  BondStaked({ bonds }, { account, amount }) {
    changeCredit(bonds, account, -amount)
    // The stake counts it again, as a part of its whole.
    bonds.held -= amount
  },
  BondWithdrawn({ bonds }, { account, amount }) {
    changeCredit(bonds, account, -amount)
    bonds.held -= amount
  },
}

function changeCredit({ credits }: BondBook, account: Address, amount: bigint): void {
  const credit = (credits.get(account) ?? 0n) + amount
  if (credit < 0n) throw inconsistent(`${account} takes more of its bonds than is free`)
  credits.set(account, credit)
}
