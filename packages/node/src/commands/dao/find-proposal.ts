import {
  type ChainReader,
  type MadeProposal,
  type Network,
  readProposals,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'

/** Digits of a proposal's number that people are shown; the whole has 77. */
const SHOWN_DIGITS = 10

/** A proposal's number as people see and may type it. */
export function shortNumber(id: bigint): string {
  return id.toString().slice(0, SHOWN_DIGITS)
}

/**
 * The proposal whose number begins with what was typed.
 * @throws {UserError} UNKNOWN_PROPOSAL, AMBIGUOUS_PROPOSAL (usage).
 */
export async function findProposal(
  reader: ChainReader,
  network: Network,
  number: string,
): Promise<MadeProposal> {
  const all = await readProposals(reader, network)
  const found = all.filter(({ id }) => id.toString().startsWith(number))
  const [first, second] = found
  const exact = found.find(({ id }) => id.toString() === number)
  const one = exact ?? (second === undefined ? first : undefined)
  if (one !== undefined) return one
  throw first === undefined
    ? new UserError('usage', `no proposal ${number} was made in this network`, {
        code: 'UNKNOWN_PROPOSAL',
        hint: 'See  fednode dao list.',
      })
    : new UserError('usage', `${found.length} proposals begin with ${number}`, {
        code: 'AMBIGUOUS_PROPOSAL',
        hint: `Type more digits: ${found.map(({ id }) => shortNumber(id)).join(', ')}`,
      })
}
