import { cleanText } from '../../framework/clean-line.ts'
import type { Context } from '../../framework/context.ts'
import type { Plan } from '../../plan/plan.ts'
import type { BallotJournal } from '../../voting/ballot-journal.ts'
import type { KeptPlace } from '../../voting/kept-place.ts'
import { askConsent } from './ask-consent.ts'
import type { JoinOptions } from './handler.ts'
import { roleWords } from './role-words.ts'

/** What somebody is asked to take part in. */
export type Proposal = {
  readonly options: JoinOptions
  readonly venue: 'alliance' | 'task'
  readonly plan: Plan
  /** Where, and as whom. */
  readonly place: KeptPlace
  /** What taking part means. */
  readonly text: string
  readonly journal: Pick<BallotJournal<never>, 'consent' | 'savePlace' | 'saveConsent'>
}

/** Shows what taking part means, and asks; whoever agreed before is not asked again. @throws {UserError} as askConsent. */
export async function agree(
  { options, venue, plan, place, text, journal }: Proposal,
  context: Context,
): Promise<void> {
  context.stderr.write(`${cleanText(text)}\n\n`)
  const federation = roleWords(options)
  const earlier = journal.consent()
  await askConsent(plan.cid, { ...options, federation, earlier, venue }, context)
  journal.savePlace(place, plan.bytes)
  journal.saveConsent(plan.cid, context.now())
}
