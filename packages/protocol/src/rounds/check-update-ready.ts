import type { Cid, PeerIdText, SiloName } from '../ids.ts'
import type { RefusalCode, UpdateReady } from '../messages/types.ts'
import { MAX_UPDATE_TRIES, type RoundState } from './round.ts'

/** An announcement as it arrived: opened, in scope. */
export type Announcement = {
  readonly message: UpdateReady
  readonly sender: PeerIdText
  /** The aggregator's wall clock, Unix ms. */
  readonly now: number
}

/** Whether something is taken, or the code it is refused with. */
export type Taken = { readonly ok: true } | { readonly ok: false; readonly code: RefusalCode }

/** Whether an announced update may be fetched: registered, this round, drawn for it, right base, in time, the only one, its own, of plausible size. */
export function checkUpdateReady(state: RoundState, announcement: Announcement): Taken {
  const code = refusalOf(state, announcement)
  return code === undefined ? { ok: true } : { ok: false, code }
}

/** Whether a refusal is the peer's own fault, so that it is scored down; late or unreachable peers are just unlucky. */
export function isPeerFault(code: RefusalCode): boolean {
  return code !== 'LATE' && code !== 'UNAVAILABLE' && code !== 'WRONG_ROUND'
}

/**
 * Whether an update is somebody else's of this round: the same bytes under another silo's name (T32). The base itself is nobody's; who
 * sends it back did nothing, and is worth nothing.
 */
export function isCopy({ plan, updates }: RoundState, silo: SiloName, update: Cid): boolean {
  if (update === plan.base) return false
  return [...updates.values()].some(
    ({ state, announced }) =>
      state === 'accepted' && announced.silo !== silo && announced.update.cid === update,
  )
}

function refusalOf(state: RoundState, announcement: Announcement): RefusalCode | undefined {
  const { plan, phase, updates } = state
  const { message, sender, now } = announcement
  if (plan.members.get(message.silo) !== sender) return 'NOT_REGISTERED'
  if (message.round !== plan.round || message.term !== plan.term) return 'WRONG_ROUND'
  if (plan.drawn?.has(message.silo) === false) return 'NOT_DRAWN'
  if (phase !== 'collecting' || now > plan.deadline) return 'LATE'
  if (message.base !== plan.base) return 'WRONG_BASE'
  const known = updates.get(message.silo)
  if (known !== undefined && (known.state !== 'refused' || known.tries >= MAX_UPDATE_TRIES)) {
    return 'DUPLICATE'
  }
  if (isCopy(state, message.silo, message.update.cid)) return 'KNOWN_UPDATE'
  if (message.update.size > plan.maxUpdateBytes) return 'TOO_LARGE'
  if (message.samples < 1 || message.samples > plan.maxSamples) return 'IMPLAUSIBLE_SAMPLES'
  return undefined
}
