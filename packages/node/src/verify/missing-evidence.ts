import { type Round, UserError } from '@fednode/protocol'
import type { Check } from './check.ts'
import type { Bundle } from './gather-bundles.ts'
import type { Work } from './work.ts'

/** The line of a round whose evidence is not here. */
export function missingEvidence(round: Round, bundle: Bundle | undefined, work: Work): Check {
  const line = { round, check: 'bundle' } as const
  const why =
    bundle !== undefined && 'missing' in bundle
      ? bundle.missing.message
      : 'nobody names its evidence'
  if (isOutOfReach(bundle, work)) {
    return { ...line, status: 'SKIP', detail: `${why}; ${work.source.alone}` }
  }
  return { ...line, status: 'FAIL', code: 'MISSING_EVIDENCE', detail: why }
}

/** Whether a bundle may well exist where this machine cannot ask: that proves nothing. */
function isOutOfReach(bundle: Bundle | undefined, { source, known }: Work): boolean {
  if (source.alone === undefined || known.role === 'aggregator') return false
  if (bundle === undefined) return true
  return 'missing' in bundle && bundle.missing.code === 'BLOB_NOT_FOUND'
}

/** Whether a round's evidence is not here, and nobody is to blame for it. */
export function isNowhere(bundle: Bundle | undefined, work: Work): boolean {
  return bundle === undefined || isOutOfReach(bundle, work)
}

/** When nothing of all that is verified is here. */
export function evidenceUnavailable({ options, source }: Work, scenario: string): UserError {
  const which = options.round === undefined ? 'any round' : `round ${options.round}`
  const why = source.alone === undefined ? '' : `: ${source.alone}`
  return new UserError('network', `no evidence of ${which} of ${scenario} can be had${why}`, {
    code: 'EVIDENCE_UNAVAILABLE',
    hint: 'Start the aggregator, or give the --dir of the aggregator or of a silo that took part.',
  })
}
