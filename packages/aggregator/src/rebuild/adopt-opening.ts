import { commitmentOf } from '@fednode/contracts'
import type { RoundOpen } from '@fednode/protocol'
import { deriveReveal } from '../coordinator/derive-reveal.ts'
import { potOf } from '../coordinator/pot-of.ts'
import { contradiction } from './rebuild-error.ts'
import type { RebuildParts } from './rebuild-parts.ts'

/**
 * Continues a round that another aggregator of this federator opened and did not end: with its block and secret, since a round that is
 * opened twice with others looks like a choice of the seed (T4). Its updates are collected anew. An opening of another round is left.
 * @throws {UserError} REBUILD_CONTRADICTION (refused) when it does not continue what was rebuilt, or has a secret that nobody knows.
 */
export function adoptOpening(open: RoundOpen, parts: RebuildParts): void {
  const { journal, peerKey, chainId, scenario, manifest } = parts
  const { round, block, deadline, model: base, sentAt, sample } = open
  if (round !== journal.lastClosedRound() + 1) return
  const last = journal.record(round - 1)
  if (last !== undefined && last.model.cid !== base.cid) {
    throw contradiction(round, 'it was opened with another model than the round before left')
  }
  const reveal = deriveReveal(peerKey, { chainId, scenario, round, block: block.hash })
  if (!isSame(commitmentOf(reveal), open.commitment)) {
    throw contradiction(round, 'it was opened with a secret that only its aggregator knew')
  }
  const own = journal.openRound()
  if (own !== undefined && isSame(own.reveal, reveal)) return
  const amountWei = potOf(manifest.reward, round)
  const work = parts.anchoring(
    amountWei === 0n ? [] : [{ step: 'fund', amountWei: amountWei.toString() }],
  )
  journal.adoptRound(
    {
      round,
      state: 'open',
      base,
      openedAt: sentAt,
      deadline,
      reveal,
      block,
      ...(sample && { sample }),
    },
    work,
  )
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
