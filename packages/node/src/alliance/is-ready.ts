import type { AllianceRound, AllianceState } from '@fednode/contracts'

/**
 * Whether an alliance can be taken to its next phase: everything that this one waits for has come, or its time is over.
 * @param sight - `time`: Unix seconds; `isDrawable`: whether the beacon has said what a draw waits for; `round`: the open one.
 */
export function isReady(sight: {
  readonly state: AllianceState
  readonly round: AllianceRound | undefined
  readonly isDrawable: boolean
  readonly time: number
}): boolean {
  const { state, round, isDrawable, time } = sight
  if (state.phase === 'finished' || state.phase === 'none') return false
  if (state.phase === 'idle' && state.participants.length < state.terms.minParticipants)
    return false
  if (time >= state.until) return true
  if (state.phase === 'drawing') return isDrawable
  if (round === undefined) return false
  if (state.phase === 'contributing') {
    return round.proposers.every(({ contribution }) => contribution !== undefined)
  }
  if (state.phase === 'committing') return round.voters.every(({ committed }) => committed)
  if (state.phase === 'revealing') {
    return round.voters.every(({ committed, ballot }) => !committed || ballot !== undefined)
  }
  return false
}
