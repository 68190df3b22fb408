import { fromPico } from '@fednode/protocol'
import type { Finding } from './finding.ts'

/** A finding in one plain sentence, without a final period. */
export function describeFinding(finding: Finding): string {
  const { code, silo, with: other = 'another silo', round, measurePico } = finding
  const measure = fromPico(measurePico)
  switch (code) {
    case 'NO_OP':
      return `${silo} sent the incoming model back (change of ${measure.toExponential(1)} of its norm)`
    case 'REPLAY':
      return `${silo} sent the update of ${other} in round ${round} again`
    case 'COPY':
      return `${silo} and ${other} sent the same update`
    case 'COMBINATION':
      return `the update of ${silo} is a combination of the others (${measure.toExponential(1)} of it is its own)`
    case 'NEAR_DUPLICATE':
      return `the updates of ${silo} and ${other} point the same way (cosine ${measure.toFixed(5)}), as two names of one data set would`
  }
}
