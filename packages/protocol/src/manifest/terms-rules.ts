import { checkUnique } from './column-rules.ts'
import { issueAt, type ManifestIssue } from './issue.ts'
import type { ChainManifest } from './types.ts'

const NOBODY = `0x${'0'.repeat(40)}`

/** What is wrong between the terms that the contracts enforce: schedule, disputes, guardian. */
export function checkTerms(manifest: ChainManifest): readonly ManifestIssue[] {
  return [...checkSchedule(manifest), ...checkDispute(manifest), ...checkGuardian(manifest)]
}

function checkSchedule({ reward }: ChainManifest): ManifestIssue[] {
  if (reward.schedule === undefined || isPositive(reward.perRound)) return []
  const expected = 'above 0, because reward.schedule holds the federator to it'
  return [issueAt(['reward', 'perRound'], reward.perRound, expected)]
}

function checkDispute({ dispute, reward }: ChainManifest): ManifestIssue[] {
  if (dispute === undefined) return []
  const { bond, resolver, attesters, threshold } = dispute
  const issues: ManifestIssue[] = [...checkUnique(['dispute', 'attesters'], attesters ?? [])]
  if (!isPositive(bond)) issues.push(issueAt(['dispute', 'bond'], bond, 'above 0'))
  if ((resolver === undefined) === (attesters === undefined)) {
    issues.push(issueAt(['dispute'], dispute, 'either resolver, or attesters and threshold'))
  }
  if ((attesters === undefined) !== (threshold === undefined)) {
    issues.push(issueAt(['dispute', 'threshold'], threshold, 'a threshold exactly with attesters'))
  }
  if (attesters !== undefined && threshold !== undefined) {
    issues.push(...checkThreshold(threshold, attesters.length))
  }
  if ([resolver, ...(attesters ?? [])].includes(NOBODY)) {
    issues.push(issueAt(['dispute'], NOBODY, 'no zero address'))
  }
  if (reward.challengeSeconds === 0) {
    const expected = 'above 0, because nobody can dispute in no time'
    issues.push(issueAt(['reward', 'challengeSeconds'], 0, expected))
  }
  return issues
}

function checkThreshold(threshold: number, attesters: number): ManifestIssue[] {
  if (threshold <= attesters && 2 * threshold > attesters) return []
  const expected = `more than half of the ${attesters} attesters, and no more than all`
  return [issueAt(['dispute', 'threshold'], threshold, expected)]
}

function checkGuardian({ guardian }: ChainManifest): ManifestIssue[] {
  return guardian === NOBODY ? [issueAt(['guardian'], guardian, 'no zero address')] : []
}

function isPositive(amount: string): boolean {
  return /[1-9]/.test(amount)
}
