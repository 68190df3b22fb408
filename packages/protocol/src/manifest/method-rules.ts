import { codecOfCid, parseCid } from '../ids.ts'
import { MAX_CLASS_RECALLS, MAX_EXACT_SILOS } from '../limits.ts'
import { checkUnique } from './column-rules.ts'
import { classesOf } from './feature-shape.ts'
import { issueAt, type ManifestIssue } from './issue.ts'
import { minimumSilos } from './strategy-limits.ts'
import type { EstimatorName, Manifest } from './types.ts'

/** These evaluate what they evaluate: there is nothing to stop early. */
const WITHOUT_BUDGET: readonly EstimatorName[] = [
  'exact',
  'leave-one-out',
  'equal',
  'samples',
  'own-utility',
]

/** Of the estimators of the aggregator, where the budget says nothing. */
const EVALUATIONS_PER_SILO = 16

/** What is wrong between the methods of a manifest: strategy, compression, contribution. */
export function checkMethods(manifest: Manifest): readonly ManifestIssue[] {
  return [
    ...checkStrategy(manifest),
    ...checkEstimator(manifest),
    ...checkBudget(manifest),
    ...checkClassWise(manifest),
    ...checkValidation(manifest),
    ...checkUnique(['contribution', 'verifiers'], manifest.contribution.verifiers ?? []),
  ]
}

function checkStrategy({ strategy, compression, rounds }: Manifest): ManifestIssue[] {
  const issues: ManifestIssue[] = []
  const needed = minimumSilos(strategy)
  if (rounds.minSilos < needed) {
    const expected = `at least ${needed}, so that ${strategy.name} bears the attackers it names`
    issues.push(issueAt(['rounds', 'minSilos'], rounds.minSilos, expected))
  }
  if (strategy.name === 'multi-krum' && (strategy.keep ?? 1) > rounds.minSilos) {
    const expected = `at most rounds.minSilos, which is ${rounds.minSilos}`
    issues.push(issueAt(['strategy', 'keep'], strategy.keep, expected))
  }
  const isLossy = compression !== undefined && compression.kind !== 'none'
  if (strategy.name === 'scaffold' && isLossy) {
    const expected =
      '"none" with scaffold: both sides compute control variates from the same update'
    issues.push(issueAt(['compression', 'kind'], compression.kind, expected))
  }
  return issues
}

function checkEstimator({ contribution, rounds }: Manifest): ManifestIssue[] {
  if (contribution.estimator !== 'exact' || rounds.maxSilos <= MAX_EXACT_SILOS) return []
  const expected = `at most ${MAX_EXACT_SILOS} with contribution.estimator "exact"; "auto" takes more`
  return [issueAt(['rounds', 'maxSilos'], rounds.maxSilos, expected)]
}

function checkBudget({ contribution, rounds }: Manifest): ManifestIssue[] {
  const { budget, estimator } = contribution
  if (budget === undefined) return []
  const path = ['contribution', 'budget']
  if (WITHOUT_BUDGET.includes(estimator)) {
    return [issueAt(path, budget, `nothing: "${estimator}" evaluates a fixed number of coalitions`)]
  }
  const least = leastEvaluations(estimator, rounds.maxSilos)
  if (budget.evaluations === undefined || budget.evaluations >= least) return []
  const expected = `at least ${least} with "${estimator}" and ${rounds.maxSilos} silos; below 4 a silo nothing is reliable`
  return [issueAt([...path, 'evaluations'], budget.evaluations, expected)]
}

/** Rounds whose evidence is too large could never end. */
function checkClassWise({ contribution, rounds, data }: Manifest): ManifestIssue[] {
  const most = Math.floor(MAX_CLASS_RECALLS / classesOf(data).length)
  const evaluations = mostEvaluations(contribution, rounds.maxSilos)
  if (contribution.classWise !== true || evaluations <= most) return []
  const expected = `false: ${evaluations} evaluations of ${classesOf(data).length} classes are more than evidence can hold; at most ${most} evaluations can`
  return [issueAt(['contribution', 'classWise'], true, expected)]
}

/** An upper bound of what the aggregator evaluates in one round. */
function mostEvaluations({ estimator, budget }: Manifest['contribution'], silos: number): number {
  const isExact = estimator === 'exact' || estimator === 'auto'
  const unlimited = isExact && silos <= MAX_EXACT_SILOS ? 2 ** silos : EVALUATIONS_PER_SILO * silos
  // None and all are measured besides.
  return (budget?.evaluations ?? unlimited) + 2
}

/** What the estimators of the aggregator need for any values at all. */
function leastEvaluations(estimator: EstimatorName, silos: number): number {
  // Two orders and their reverses, each of silos - 1 coalitions besides none and all.
  if (estimator === 'antithetic') return 4 * silos - 2
  // Every silo alone, and two orders.
  if (estimator === 'gtg') return 3 * silos - 2
  // None and all, every silo alone, and all but every one: what regression and SVARM begin with.
  return 2 * silos + 2
}

function checkValidation({ contribution }: Manifest): ManifestIssue[] {
  if (codecOfCid(parseCid(contribution.validation)) === 'raw') return []
  const expected = 'the CID of a file (raw codec, "bafkrei…")'
  return [issueAt(['contribution', 'validation'], contribution.validation, expected)]
}
