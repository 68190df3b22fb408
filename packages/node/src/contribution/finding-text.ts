import type { Finding } from '@fednode/aggregator'
import { fromPico } from '@fednode/protocol'

/** A finding as one sentence, such as: "silo-b sent what silo-a sent". The aggregator pays by value all the same. */
export function findingText(finding: Finding): string {
  const { code, silo, measurePico } = finding
  const measure = fromPico(measurePico)
  switch (code) {
    case 'NO_OP':
      return `${silo} sent the model back as it came (relative change ${measure.toExponential(1)})`
    case 'REPLAY':
      return `${silo} sent what ${sourceOf(finding)} sent in ${earlierRound(finding)}`
    case 'COPY':
      return `${silo} sent what ${sourceOf(finding)} sent`
    case 'COMBINATION':
      return `${silo} sent a combination of what others sent (${measure.toExponential(1)} of it is its own)`
    case 'NEAR_DUPLICATE':
      return `${silo} sent nearly what ${sourceOf(finding)} sent (cosine of the changes ${measure.toFixed(6)})`
  }
}

function sourceOf({ silo, with: other }: Finding): string {
  if (other === undefined) return 'another silo'
  return other === silo ? 'it' : other
}

function earlierRound({ round }: Finding): string {
  return round === undefined ? 'an earlier round' : `round ${round}`
}
