import { SHARE_UNITS } from '@fednode/protocol'
import type { MemberRunResult } from './member-run.ts'

/** What `up --json` prints of a federation without a chain: the rounds as with one, and no money. */
export function memberDocument({
  scenario,
  manifestCid,
  manifest,
  rounds,
}: MemberRunResult): object {
  return {
    scenario,
    manifest: manifestCid,
    strategy: manifest.strategy.name,
    rounds: rounds.map((record) => ({
      round: record.round,
      accuracy: record.metrics.accuracy ?? null,
      loss: record.loss,
      utilityBefore: record.utilityBefore,
      utilityAfter: record.utilityAfter,
      seconds: record.seconds,
      modelDigest: record.modelDigest,
      evidence: record.evidenceCid,
      contributions: record.contributions.map(({ silo, shapley, share }) => ({
        silo,
        shapley,
        share: share / SHARE_UNITS,
      })),
    })),
    silos: manifest.members.silos.map(({ name }) => ({ name })),
    report: null,
  }
}
