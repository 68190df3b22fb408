import type { Evidence, EvidenceSigners } from '@fednode/aggregator'
import { openSignedMessage } from '@fednode/protocol'
import type { Check } from './check.ts'
import type { Confirmation, KnownRounds } from './known-rounds.ts'

/**
 * Whether a round counts the update that the aggregator confirmed to this silo (T5): whoever drops it pays the others more. With the
 * signed receipt that is proof to anybody, not this silo's word alone.
 */
export function checkOwnUpdate(
  { round, silos }: Evidence,
  confirmed: KnownRounds['confirmed'],
  { federator }: Pick<EvidenceSigners, 'federator'>,
): readonly Check[] {
  const own = confirmed.get(round)
  if (own === undefined || silos.some(({ update }) => update.cid === own.update)) return []
  const fault = { round, check: 'updates', status: 'FAIL', code: 'DROPPED_UPDATE' } as const
  const receipt = proofOf(own, { round, federator })
  const what = `the aggregator confirmed this silo's update ${own.update}, which is not among them`
  if (receipt === undefined)
    return [{ ...fault, detail: `${what}; its signed receipt is not kept` }]
  const proof = Buffer.from(receipt).toString('base64')
  return [{ ...fault, detail: `${what}; its signed receipt proves it (--json)`, proof }]
}

/** The receipt, if it is what it has to be: the federator's, of this round and update, accepted. */
function proofOf(
  { update, receipt }: Confirmation,
  expected: { readonly round: number; readonly federator: string },
): Uint8Array | undefined {
  const opened = receipt && openSignedMessage(receipt)
  if (!opened?.ok || opened.signed.sender !== expected.federator) return undefined
  const { message } = opened.signed
  const isProof =
    message.type === 'receipt' &&
    message.accepted &&
    message.round === expected.round &&
    message.update === update
  return isProof ? receipt : undefined
}
