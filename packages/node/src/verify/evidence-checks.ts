import {
  describeFault,
  type Evidence,
  type EvidenceFault,
  type EvidenceFaultCode,
} from '@fednode/aggregator'
import type { Check, CheckName } from './check.ts'

/** Which line a fault belongs to; all others are found when a round is made again. */
const CHECK_OF: Partial<Readonly<Record<EvidenceFaultCode, CheckName>>> = {
  BAD_MANIFEST: 'manifest',
  BAD_ROUND_OPEN: 'opening',
  WRONG_REVEAL: 'seed',
  WRONG_SEED: 'seed',
  SILOS_UNSORTED: 'updates',
  BAD_INDEX: 'updates',
  BAD_SAMPLE: 'updates',
  BAD_STEPS: 'updates',
  BAD_ANNOUNCEMENT: 'updates',
  BAD_RECEIPT: 'updates',
  BAD_STATE: 'updates',
  BAD_COALITIONS: 'values',
  UTILITIES_INCOMPLETE: 'values',
  MISSING_UTILITY: 'values',
  WRONG_ESTIMATOR: 'values',
  WRONG_EVALUATIONS: 'values',
  WRONG_VALUES: 'values',
  WRONG_ERRORS: 'values',
  WRONG_SHARES: 'values',
  BAD_VOID: 'values',
}

const LOOKED_AT = ['manifest', 'opening', 'seed', 'updates', 'values'] as const

/** What checkEvidence found, as lines: one for each fault, and one for each matter in which there is none. */
export function evidenceChecks(evidence: Evidence, faults: readonly EvidenceFault[]): Check[] {
  const { round } = evidence
  return LOOKED_AT.flatMap((check): Check[] => {
    const own = faults.filter(({ code }) => CHECK_OF[code] === check)
    if (own.length > 0) return own.map((fault) => failOf(round, check, fault))
    return [{ round, check, status: 'PASS', detail: praise(check, evidence) }]
  })
}

/** A fault as a line. */
export function failOf(round: number, check: CheckName, fault: EvidenceFault): Check {
  return { round, check, status: 'FAIL', code: fault.code, detail: describeFault(fault) }
}

function praise(check: (typeof LOOKED_AT)[number], evidence: Evidence): string {
  const { silos, manifest, estimator, evaluations, voidReason } = evidence
  switch (check) {
    case 'manifest':
      return manifest
    case 'opening':
      return 'opened by the federator with this model and manifest'
    case 'seed':
      return 'the secret opens the commitment, and the seed follows from it and the block'
    case 'updates':
      return `${silos.length}, each announced by its silo and receipted by the federator`
    case 'values':
      return voidReason === 'TOO_FEW_UPDATES' || voidReason === 'DIVERGED'
        ? `void (${voidReason}): nothing measured, nothing paid`
        : `${estimator}, ${evaluations} coalitions: values, errors and shares follow bit for bit`
  }
}
