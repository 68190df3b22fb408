import type { ClaimTree } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import type { Amounts } from './read-amounts.ts'

/** What an account may claim, and the proof of it. */
export type Claim = { readonly amount: bigint; readonly proof: readonly `0x${string}`[] }

/** The claim of an account in a table. @throws {UserError} refused NOT_IN_AMOUNTS. */
export function claimOf({ file, lines }: Amounts, tree: ClaimTree, member: string): Claim {
  const index = lines.findIndex(({ account }) => account === member.toLowerCase())
  const line = lines[index]
  if (line !== undefined) return { amount: line.amount, proof: tree.proofOf(index) }
  throw new UserError('refused', `${file} has nothing for ${member}`, {
    code: 'NOT_IN_AMOUNTS',
    hint: 'Give  --member 0xADDR  for somebody else, or the file as it is now.',
  })
}
