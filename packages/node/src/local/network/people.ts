import { isSiloName, type SiloName } from '@fednode/protocol'
import type { DigitsLayout } from '../digits-layout.ts'

/** What a node of the local network is. */
export type NetworkRole = 'alliance' | 'arena-node' | 'arena-validator'

type Person = {
  readonly name: SiloName
  readonly role: NetworkRole
  /** Rows relative to the others. */
  readonly size: number
  /** Share of its labels that are wrong. */
  readonly flippedShare: number
  readonly attack?: 'label-flip' | 'lying-votes'
}

/** Nearly as many of each digit for everybody: what goes wrong is what somebody does. */
const EVEN = 100
const WRONG_LABELS = 0.4
const FEW_ROWS = 0.5
const TRAINER_ROWS = 1.5

const person = (name: string, role: NetworkRole, more: Partial<Person> = {}): Person => {
  if (!isSiloName(name)) throw new RangeError(`${name} is no name of a node`)
  return { name, role, size: 1, flippedShare: 0, ...more }
}

/** Everybody in the local network who runs a node: eight in the alliance, two of them malicious, and six in the arena. */
export const PEOPLE: readonly Person[] = [
  ...['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => person(`ally-${letter}`, 'alliance')),
  person('ally-flips', 'alliance', { attack: 'label-flip' }),
  person('ally-lies', 'alliance', { attack: 'lying-votes' }),
  person('trainer-much', 'arena-node', { size: TRAINER_ROWS }),
  person('trainer-few', 'arena-node', { size: FEW_ROWS }),
  person('trainer-wrong', 'arena-node', { flippedShare: WRONG_LABELS }),
  ...['a', 'b', 'c'].map((letter) => person(`judge-${letter}`, 'arena-validator')),
]

/** How the example's digits are dealt to them. */
export const NETWORK_LAYOUT: DigitsLayout = { alpha: EVEN, silos: PEOPLE }
