import type { Evidence } from '@fednode/aggregator'
import { sharesHash } from '@fednode/contracts'
import { type BlobRef, digestOfCid, MAX_SILOS } from '@fednode/protocol'
import { NO_CHAIN_ID } from '../members/member-scope.ts'
import type { ChainFacts } from './chain-facts.ts'
import type { Check } from './check.ts'

/** Whether the chain anchors this bundle, its model and its shares (T35). */
export function checkAnchor(
  evidence: Evidence,
  ref: BlobRef,
  facts: ChainFacts | undefined,
): readonly Check[] {
  const { round } = evidence
  const line = (status: Check['status'], detail: string, code?: string): Check => ({
    ...{ round, check: 'anchor', status, detail },
    ...(code === undefined ? {} : { code }),
  })
  if (evidence.chainId === NO_CHAIN_ID) {
    return [line('SKIP', 'a federation without a chain anchors nothing')]
  }
  if (facts === undefined) return [line('SKIP', 'the chain was not asked (--offline)')]
  const anchor = facts.anchors.get(round)
  if (anchor === undefined) {
    // The chain counts on when a round is paid or void: what was never anchored was paid to nobody.
    if (evidence.voidReason === undefined && facts.plan.state.currentRound > round) {
      const detail = 'its shares were never anchored: on the chain the round is void'
      return [line('FAIL', detail, 'NOT_ANCHORED')]
    }
    const why =
      evidence.voidReason === undefined ? 'not anchored yet' : 'void rounds are not anchored'
    return [line('SKIP', why)]
  }
  const wrong = [
    differs('evidence', anchor.evidenceRoot, digestOfCid(ref.cid)),
    differs('model', anchor.modelDigest, digestOfCid(evidence.model.cid)),
    isAnchored(evidence, facts, anchor.sharesHash) ? undefined : 'other shares',
  ].filter((what) => what !== undefined)
  if (wrong.length === 0) return [line('PASS', `block ${anchor.blockNumber}, ${anchor.hash}`)]
  return wrong.map((what) => line('FAIL', `the chain anchors ${what}`, 'OTHER_ANCHOR'))
}

function differs(what: string, anchored: string, own: string): string | undefined {
  return anchored.toLowerCase() === own ? undefined : `${what} ${anchored}, this is ${own}`
}

/** Clients that came while the round was assessed have a 0 on chain, which the bundle does not. */
function isAnchored(
  { round, scenario, shares }: Evidence,
  { chainId, plan }: ChainFacts,
  anchored: string,
): boolean {
  const most = Math.min(MAX_SILOS, Math.max(plan.state.clients.length, shares.length))
  for (let clients = shares.length; clients <= most; clients++) {
    const padded = [...shares, ...new Array<number>(clients - shares.length).fill(0)]
    if (sharesHash({ chainId, scenario, round, shares: padded }) === anchored) return true
  }
  return false
}
