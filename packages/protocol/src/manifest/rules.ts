import { checkAdaptation } from './adaptation-rules.ts'
import { checkColumns } from './column-rules.ts'
import { issueAt, type ManifestIssue } from './issue.ts'
import { checkMembers } from './member-rules.ts'
import { checkMethods } from './method-rules.ts'
import { modelSpecOf } from './model-spec.ts'
import { checkPreprocessing } from './preprocessing-rules.ts'
import { checkTask } from './task-rules.ts'
import { checkTerms } from './terms-rules.ts'
import { checkTopology } from './topology.ts'
import type { ChainManifest, Manifest } from './types.ts'

const ALL_BPS = 10_000

/** What is wrong between the keys of a manifest that fits the schema. */
export function manifestRules(manifest: Manifest): readonly ManifestIssue[] {
  return [
    ...checkColumns(manifest),
    ...checkPreprocessing(manifest),
    ...checkTask(manifest),
    ...checkTopology(modelSpecOf(manifest), manifest.training.batchSize),
    ...checkAdaptation(manifest),
    ...checkRounds(manifest),
    ...checkMethods(manifest),
    ...checkPrivacy(manifest),
    ...(manifest.chain === 'none'
      ? checkMembers(manifest)
      : [...checkMarket(manifest), ...checkTerms(manifest)]),
  ]
}

function checkRounds({ rounds }: Manifest): ManifestIssue[] {
  const { minSilos, maxSilos } = rounds
  if (minSilos <= maxSilos) return []
  return [
    issueAt(['rounds', 'minSilos'], minSilos, `at most rounds.maxSilos, which is ${maxSilos}`),
  ]
}

function checkMarket({ market }: ChainManifest): ManifestIssue[] {
  const { tokensPerSilo, siloBps, poolBps, federatorBps, seedCurrency } = market
  const issues: ManifestIssue[] = []
  const sum = siloBps + poolBps + federatorBps
  if (sum !== ALL_BPS) {
    const expected = `siloBps + poolBps + federatorBps = ${ALL_BPS}`
    issues.push(issueAt(['market'], sum, expected))
  }
  if (/^0(\.|$)/.test(tokensPerSilo)) {
    issues.push(issueAt(['market', 'tokensPerSilo'], tokensPerSilo, 'at least 1'))
  }
  const hasSeed = /[1-9]/.test(seedCurrency)
  if (hasSeed !== poolBps > 0) {
    const expected = hasSeed
      ? 'above 0, because seedCurrency opens a pool'
      : '0, because seedCurrency is 0'
    issues.push(issueAt(['market', 'poolBps'], poolBps, expected))
  }
  return issues
}

function checkPrivacy({ training, privacy }: Manifest): ManifestIssue[] {
  const { batchSize } = training
  if (batchSize >= privacy.minimumBatch) return []
  const expected = `at least privacy.minimumBatch, which is ${privacy.minimumBatch}`
  return [issueAt(['training', 'batchSize'], batchSize, expected)]
}
