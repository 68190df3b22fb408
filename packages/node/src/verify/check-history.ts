import type { Evidence } from '@fednode/aggregator'
import type { Cid } from '@fednode/protocol'
import type { Check } from './check.ts'

/** What a round must continue from. */
export type Before =
  /** The round before and the id of its bundle. */
  | { readonly evidence: Evidence; readonly cid: Cid }
  /** Round 1: what the manifest's seed, and the model that it may start from, give. */
  | { readonly initialModel: Cid }

/** Whether a round begins with the model and state that the one before left (T35). */
export function checkHistory(evidence: Evidence, before: Before | undefined): Check {
  const { round } = evidence
  const line = { round, check: 'history' } as const
  if (before === undefined) {
    const what =
      round === 1 ? 'the model that everything starts from' : `the evidence of round ${round - 1}`
    return { ...line, status: 'SKIP', detail: `${what} is not at hand` }
  }
  const wrong =
    'initialModel' in before
      ? beginsWrong(evidence, before.initialModel)
      : continuesWrong(evidence, before)
  if (wrong !== undefined) return { ...line, status: 'FAIL', code: 'BROKEN_HISTORY', detail: wrong }
  const detail =
    round === 1 ? 'begins with the model that the manifest gives' : `continues round ${round - 1}`
  return { ...line, status: 'PASS', detail }
}

function beginsWrong(evidence: Evidence, initialModel: Cid): string | undefined {
  if (evidence.previous !== undefined) return 'round 1 names a round before it'
  if (evidence.stateBefore.length > 0) return 'round 1 begins with a state'
  return evidence.base.cid === initialModel
    ? undefined
    : `round 1 begins with ${evidence.base.cid}, the manifest gives ${initialModel}`
}

function continuesWrong(
  evidence: Evidence,
  before: Extract<Before, { evidence: Evidence }>,
): string | undefined {
  const { model, stateAfter, round } = before.evidence
  if (evidence.previous?.cid !== before.cid) return `it follows another bundle of round ${round}`
  if (evidence.base.cid !== model.cid) {
    return `it begins with ${evidence.base.cid}, round ${round} left ${model.cid}`
  }
  const lines = (state: Evidence['stateAfter']): string =>
    state.map(({ name, blob }) => `${name} ${blob.cid}`).join()
  return lines(evidence.stateBefore) === lines(stateAfter)
    ? undefined
    : `it begins with another state than round ${round} left`
}
