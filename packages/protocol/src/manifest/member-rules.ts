import { checkUnique } from './column-rules.ts'
import { issueAt, type ManifestIssue } from './issue.ts'
import type { MemberManifest } from './types.ts'

/** What is wrong with the members of a federation without a chain: each is one silo, and there are enough and not too many. */
export function checkMembers({ members, rounds }: MemberManifest): readonly ManifestIssue[] {
  const { aggregator, silos } = members
  const { minSilos, maxSilos } = rounds
  const path = ['members', 'silos']
  const names = silos.map(({ name }) => name)
  const peers = [aggregator, ...silos.map(({ peerId }) => peerId)]
  const issues: ManifestIssue[] = [...checkUnique(path, names), ...checkUnique(path, peers)]
  if (silos.length < minSilos || silos.length > maxSilos) {
    const expected = `${minSilos} to ${maxSilos} silos, by rounds.minSilos and rounds.maxSilos`
    issues.push(issueAt(path, silos.length, expected))
  }
  return issues
}
