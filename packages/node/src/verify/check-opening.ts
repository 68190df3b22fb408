import { type Evidence, roundOpenIn } from '@fednode/aggregator'
import { openSignedMessage, type RoundOpen } from '@fednode/protocol'
import { NO_CHAIN_ID } from '../members/member-scope.ts'
import type { ChainFacts } from './chain-facts.ts'
import type { Check } from './check.ts'
import type { KnownRounds } from './known-rounds.ts'

/** Whether the opening inside a bundle is the one that silos heard, and names a block of the chain (T4, T35). */
export async function checkOpening(
  evidence: Evidence,
  openings: KnownRounds['openings'],
  facts: ChainFacts | undefined,
): Promise<Check[]> {
  const { round } = evidence
  const line = { round, check: 'opening' } as const
  const open = roundOpenIn(evidence)
  // An opening that is none is reported by checkEvidence.
  if (open === undefined) return []
  const heard = openings.filter((one) => one.round === round)
  if (heard.some(({ envelope }) => isOther(envelope, open))) {
    const detail = 'this silo heard the round opened with another commitment, block or draw'
    return [{ ...line, status: 'FAIL', code: 'OTHER_COMMITMENT', detail }]
  }
  const { number, hash, isHead } = open.block
  if (evidence.chainId === NO_CHAIN_ID) return checkNoBlock(line, open)
  const block = `block ${number}${isHead ? '' : ' (the chain did not answer then)'}`
  if (facts === undefined) {
    return [{ ...line, status: 'SKIP', detail: `${block} was not looked up (--offline)` }]
  }
  const onChain = await facts.blockHash(BigInt(number))
  if (onChain === `0x${Buffer.from(hash).toString('hex')}`) return []
  const detail = `${block} has the hash ${onChain ?? 'of no block yet'}, the round was opened with another`
  return [{ ...line, status: 'FAIL', code: 'OTHER_BLOCK', detail }]
}

/** Without a chain a round opens with no block: one that was chosen would choose the seed. */
function checkNoBlock(line: Pick<Check, 'round' | 'check'>, { block }: RoundOpen): Check[] {
  if (block.number === 0 && block.hash.every((byte) => byte === 0)) return []
  const detail = `it names block ${block.number}, where there is no chain`
  return [{ ...line, status: 'FAIL', code: 'OTHER_BLOCK', detail }]
}

function isOther(envelope: Uint8Array, open: RoundOpen): boolean {
  const heard = openSignedMessage(envelope)
  if (!heard.ok || heard.signed.message.type !== 'round-open') return false
  const { commitment, block, sample } = heard.signed.message
  return (
    Buffer.compare(commitment, open.commitment) !== 0 ||
    Buffer.compare(block.hash, open.block.hash) !== 0 ||
    JSON.stringify(sample) !== JSON.stringify(open.sample)
  )
}
