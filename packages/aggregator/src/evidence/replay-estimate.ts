import type { ContributionSpec, EstimationBudget, Manifest } from '@fednode/protocol'
import { fromPico } from '@fednode/protocol'
import { deriveSeed } from '../assessment/derive-seed.ts'
import { allowedEvaluations } from '../contribution/allowed-evaluations.ts'
import { chooseEstimator } from '../contribution/choose-estimator.ts'
import { estimate } from '../contribution/estimate.ts'
import type { Estimate, Game } from '../contribution/estimator.ts'
import type { Evidence } from './evidence.ts'
import { EvidenceError } from './evidence-error.ts'

/**
 * Runs the manifest's estimator again, on the utilities that a bundle states instead of models.
 * @param utilitiesPico - by coalition.
 * @throws {EvidenceError} UTILITY_MISSING. @throws {AggregatorError} as estimate.
 */
export async function replayEstimate(
  evidence: Evidence,
  manifest: Manifest,
  utilitiesPico: ReadonlyMap<bigint, number>,
): Promise<Estimate> {
  const { silos, seed } = evidence
  return estimate(estimatorOf(manifest, silos.length), statedGame(silos.length, utilitiesPico), {
    budget: replayBudget(manifest.contribution, evidence),
    seed: deriveSeed(seed, 'coalitions'),
    samples: silos.map(({ samples }) => samples),
    elapsed: () => 0,
  })
}

/** The estimator that the manifest's name means for so many silos. */
export function estimatorOf({ contribution }: Manifest, silos: number): Evidence['estimator'] {
  return chooseEstimator(contribution.estimator, silos, contribution.budget)
}

/**
 * What a repetition may spend: all that the manifest allows but time. Only where time ended the first run does its number of evaluations
 * say where to end, and then not beyond what the other limits allow: time can only make it shorter.
 */
export function replayBudget(
  { budget = {} }: ContributionSpec,
  evidence: Pick<Evidence, 'stoppedBy' | 'evaluations' | 'estimator' | 'silos'>,
): EstimationBudget {
  const { seconds, ...rest } = budget
  const { stoppedBy, evaluations, estimator, silos } = evidence
  if (stoppedBy !== 'seconds' || seconds === undefined) return rest
  const most = allowedEvaluations(estimator, silos.length, rest)
  return { ...rest, evaluations: Math.min(evaluations, most) }
}

function statedGame(players: number, utilitiesPico: ReadonlyMap<bigint, number>): Game {
  return {
    players,
    utilities: async (coalitions) =>
      coalitions.map((coalition) => {
        const utility = utilitiesPico.get(coalition)
        if (utility === undefined) throw missing(coalition)
        return fromPico(utility)
      }),
  }
}

function missing(coalition: bigint): EvidenceError {
  return new EvidenceError(`the utility of coalition ${coalition} is not stated`, {
    code: 'UTILITY_MISSING',
    coalition: String(coalition),
  })
}
