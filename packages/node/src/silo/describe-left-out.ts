import type { LeftOut } from './why-left-out.ts'

const TEXT = {
  dropped:
    'the aggregator signed for this update and left it out; the receipt is kept  (fednode contrib verify)',
  unanswered: 'the aggregator never said what became of this update',
  late: 'the update came after the end of the round',
} as const

/** Why a round did not count this silo, in words. */
export function describeLeftOut(why: LeftOut): string {
  return `not counted: ${TEXT[why]}`
}
