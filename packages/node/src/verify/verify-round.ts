import {
  checkEvidence,
  type Evidence,
  type EvidenceSigners,
  manifestOf,
  type Recomputation,
} from '@fednode/aggregator'
import type { BlobRef, Cid, Manifest } from '@fednode/protocol'
import type { ChainFacts } from './chain-facts.ts'
import type { Check } from './check.ts'
import { checkAnchor } from './check-anchor.ts'
import { type Before, checkHistory } from './check-history.ts'
import { checkOpening } from './check-opening.ts'
import { checkOwnUpdate } from './check-own-update.ts'
import { evidenceChecks } from './evidence-checks.ts'
import type { KnownRounds } from './known-rounds.ts'
import { type RecomputeMeans, recomputeRound } from './recompute-round.ts'

/** A round, and what it is held to. */
export type RoundToVerify = {
  readonly evidence: Evidence
  readonly ref: BlobRef
  readonly before: Before | undefined
  readonly scenario: string
  readonly signers: EvidenceSigners
  readonly facts: ChainFacts | undefined
  /** Of the manifest that this machine's own directory keeps, in a federation without a chain. */
  readonly agreed?: Cid
  readonly openings: KnownRounds['openings']
  readonly confirmed: KnownRounds['confirmed']
  /** How to make it again, or why not. */
  means(manifest: Manifest): Promise<RecomputeMeans | string>
}

/** What came out: the lines, and the round made again where that was possible. */
export type VerifiedRound = {
  readonly checks: readonly Check[]
  readonly recomputation?: Recomputation
}

/** Checks everything of one round. */
export async function verifyRound(subject: RoundToVerify): Promise<VerifiedRound> {
  const { evidence, ref, before, signers, facts, openings, confirmed } = subject
  const faults = await checkEvidence(evidence, signers)
  const { checks, recomputation } = await recompute(subject)
  return {
    checks: [
      checkBundle(subject),
      ...checkAnchor(evidence, ref, facts),
      ...merge(evidenceChecks(evidence, faults), [
        ...checkManifest(subject),
        ...(await checkOpening(evidence, openings, facts)),
        ...checkOwnUpdate(evidence, confirmed, signers),
      ]),
      checkHistory(evidence, before),
      ...checks,
    ],
    ...(recomputation === undefined ? {} : { recomputation }),
  }
}

function checkBundle({ evidence, ref, scenario, facts }: RoundToVerify): Check {
  const line = { round: evidence.round, check: 'bundle' } as const
  const isHere =
    evidence.scenario === scenario && (facts === undefined || facts.chainId === evidence.chainId)
  if (isHere) return { ...line, status: 'PASS', detail: `${ref.cid}, ${evidence.software}` }
  const detail = `it is of Scenario ${evidence.scenario} on chain ${evidence.chainId}`
  return { ...line, status: 'FAIL', code: 'OTHER_FEDERATION', detail }
}

function checkManifest({ evidence, facts, agreed }: RoundToVerify): Check[] {
  const expected = facts?.plan.cid ?? agreed
  if (expected === undefined || expected === evidence.manifest) return []
  const who = facts === undefined ? 'this silo consented to' : 'the chain anchors'
  const detail = `${who} manifest ${expected}, this is ${evidence.manifest}`
  return [
    { round: evidence.round, check: 'manifest', status: 'FAIL', code: 'OTHER_MANIFEST', detail },
  ]
}

/** What else is known of a matter takes the place of its praise. */
function merge(checks: readonly Check[], more: readonly Check[]): readonly Check[] {
  const isFailed = (check: Check): boolean =>
    more.some((one) => one.check === check.check && one.status === 'FAIL')
  const kept = checks.filter((check) => check.status === 'FAIL' || !isFailed(check))
  return [...kept, ...more]
}

async function recompute(subject: RoundToVerify): Promise<VerifiedRound> {
  const { evidence, facts, agreed, means } = subject
  const skip = (detail: string): VerifiedRound => ({
    checks: [{ round: evidence.round, check: 'recompute', status: 'SKIP', detail }],
  })
  const manifest = manifestOf(evidence)
  if (manifest === undefined) return skip('the manifest inside is not the one that is named')
  // What another manifest makes anybody compute, and how much of it, is for whoever wrote it to say.
  const expected = facts?.plan.cid ?? agreed ?? evidence.manifest
  if (expected !== evidence.manifest) {
    return skip('its manifest is not the one that was agreed on')
  }
  const found = await means(manifest)
  if (typeof found === 'string') return skip(found)
  return recomputeRound(evidence, manifest, found)
}
