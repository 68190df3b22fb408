import type { Finding } from '@fednode/aggregator'
import { fromPico } from '@fednode/protocol'

/** A finding as one sentence, such as: "silo-b and silo-a sent the same". Of a copy nobody can tell which one was first. */
export function findingText(finding: Finding): string {
  const { code, silo, measurePico } = finding
  const measure = fromPico(measurePico)
  switch (code) {
    case 'NO_OP':
      return `${silo} sent the model back as it came (relative change ${measure.toExponential(1)})`
    case 'REPLAY':
      return `${silo} sent what ${sourceOf(finding)} sent in ${earlierRound(finding)}`
    case 'COPY':
      return `${silo} and ${sourceOf(finding)} sent the same`
    case 'COMBINATION':
      return `${silo} sent a combination of what others sent (a part of ${measure.toExponential(1)} is its own)`
    case 'NEAR_DUPLICATE':
      return `${silo} and ${sourceOf(finding)} sent nearly the same (cosine of their changes ${measure.toFixed(6)})`
  }
}

function sourceOf({ silo, with: other }: Finding): string {
  if (other === undefined) return 'another silo'
  return other === silo ? 'it' : other
}

function earlierRound({ round }: Finding): string {
  return round === undefined ? 'an earlier round' : `round ${round}`
}
