import { potOf } from '@fednode/aggregator'
import {
  encodeSignedMessage,
  fromPico,
  parseMetrics,
  type Round,
  type RoundOpen,
  type RoundResult,
  type SignedMessage,
  type SiloContribution,
  type Statement,
  UserError,
} from '@fednode/protocol'
import { answerStatistics } from './answer-statistics.ts'
import { goesBack } from './goes-back.ts'
import { catchUp } from './keep-connected.ts'
import { keepEvidence } from './keep-evidence.ts'
import { keepMissedEvidence } from './keep-missed-evidence.ts'
import { playRound, type Trainer } from './play-round.ts'
import type { SiloRun } from './silo.ts'
import type { SiloState } from './silo-state.ts'
import { whyLeftOut } from './why-left-out.ts'

/** How often a silo that waits asks the aggregator what it missed, in ms. */
const CATCH_UP_MS = 5_000
/** A share of one: the whole pot. */
const SHARE_UNITS = 1e9

/**
 * Plays round after round until the aggregator says that one was the last, or the signal fires.
 * @throws {UserError} refused: EQUIVOCATION (T4), WRONG_MANIFEST.
 */
export async function playRounds(run: SiloRun, trainer: Trainer): Promise<RoundResult | undefined> {
  const { deps, options, state, signal } = run
  void keepMissedEvidence(run)
  const course: Course = { finished: deps.journal.lastResult()?.round ?? 0, askedAt: 0 }
  let hasAnswered = false
  let said: 'registration' | 'round' | undefined
  while (!signal.aborted) {
    const { asked, open, result, stop } = state.get()
    if (stop !== undefined) throw refusal(run, stop)
    if (result !== undefined && result.round > course.finished) {
      finish(run, result)
      const kept = keepEvidence(run, result)
      course.finished = result.round
      // The next round does not wait for it; after the last one nobody may be there to give it.
      if (result.last) {
        await kept
        return result
      }
    }
    if (await playOpen(run, course, trainer)) {
      said = undefined
      continue
    }
    if (asked !== undefined && open === undefined && !hasAnswered) {
      await answerStatistics(run)
      hasAnswered = true
      continue
    }
    const waitingFor = options.registering && open === undefined ? 'registration' : 'round'
    if (said !== waitingFor) deps.onEvent({ type: 'waiting', for: waitingFor })
    said = waitingFor
    await state.changed({ timeoutMs: CATCH_UP_MS, signal })
    if (state.get().open === open) await catchUp(run)
  }
  return undefined
}

/** Where a silo stands in its rounds. */
type Course = {
  /** The last round of which it has the result. */
  finished: Round
  /** The last one before which it asked for a result that it missed. */
  askedAt: Round
  /** The last one that it would not train in. */
  refused?: RoundOpen
}

/** Plays the round that is open. @returns false when there is none to play. */
async function playOpen(run: SiloRun, course: Course, trainer: Trainer): Promise<boolean> {
  const { open } = run.state.get()
  if (open === undefined || open.round <= course.finished) return false
  if (open.round > Math.max(course.finished + 1, course.askedAt)) {
    // The result of the round before was missed; the aggregator still says it.
    course.askedAt = open.round
    await catchUp(run)
    return true
  }
  if (goesBack(run, open)) {
    if (course.refused?.model.cid !== open.model.cid) refuse(run, open)
    course.refused = open
    return false
  }
  await playRound(run, open, trainer)
  return true
}

/** The silo stays: it goes on when its aggregator is back with the directory that has the newest round. */
function refuse({ deps }: SiloRun, { round, model }: RoundOpen): void {
  const expected = deps.journal.lastResult()?.model.cid
  deps.logger.error({ round, expected, model: model.cid }, 'the aggregator has gone back')
  deps.onEvent({ type: 'gone-back', round })
}

function finish({ deps, options, served, state }: SiloRun, result: RoundResult): void {
  for (const statement of state.get().rounds.ledger.values()) {
    if (isSigned(statement, result)) deps.journal.saveSignedResult(statement)
  }
  const own = result.contributions.find(({ silo }) => silo === options.name)
  const { receipt } = state.get()
  // One that came with the result: nobody waited for it any more.
  if (receipt?.message.round === result.round) deps.journal.saveReceipt(receipt)
  const why = whyLeftOut(result, options.name, deps.journal.played(result.round))
  const event = {
    type: 'round-result',
    round: result.round,
    metrics: parseMetrics(result.metrics),
    loss: fromPico(result.lossPico),
    shapley: fromPico(own?.shapleyPico ?? 0),
    share: (own?.share ?? 0) / SHARE_UNITS,
    last: result.last,
  } as const
  const pot = potOf(options.manifest.reward, result.round)
  const leftOut = why === undefined ? {} : { leftOut: why }
  deps.journal.saveResult(result.round, {
    ...event,
    ...leftOut,
    ...figuresOf(result, { own, pot }),
  })
  served.models.add(result.model.cid)
  deps.onEvent(event)
  if (why === undefined) return
  deps.logger.warn({ round: result.round, why }, 'the round closed without this silo')
  deps.onEvent({ type: 'left-out', round: result.round, why })
}

function isSigned(
  statement: Statement,
  result: RoundResult,
): statement is SignedMessage<RoundResult> {
  return statement.message === result
}

/** What people ask for later, beside what the event says. */
function figuresOf(
  result: RoundResult,
  { own, pot }: { readonly own: SiloContribution | undefined; readonly pot: bigint },
) {
  const without = own?.withoutPico
  return {
    model: result.model,
    evidence: result.evidence,
    // JSON has no big integers.
    pot: pot.toString(),
    measured: own !== undefined,
    paid: result.contributions.some(({ share }) => share > 0),
    standardError: fromPico(own?.standardErrorPico ?? 0),
    utilityBefore: fromPico(result.utilityBeforePico),
    utilityAfter: fromPico(result.utilityAfterPico),
    ...(without === undefined ? {} : { utilityWithout: fromPico(without) }),
  }
}

function refusal({ deps, options }: SiloRun, stop: NonNullable<SiloState['stop']>): UserError {
  if (stop.code === 'WRONG_MANIFEST') {
    return new UserError(
      'refused',
      `the aggregator opened a round of manifest ${stop.manifest}, not of the approved ${options.manifestCid}`,
      { code: 'WRONG_MANIFEST', hint: 'Nothing was trained. Ask the federator why.' },
    )
  }
  deps.journal.saveEvidence(stop.evidence.map(encodeSignedMessage))
  const [{ message }] = stop.evidence
  return new UserError(
    'refused',
    `the aggregator signed two different statements about round ${message.round} (term ${message.term})`,
    {
      code: 'EQUIVOCATION',
      hint: 'It tells silos different things. Both signed messages are kept in silo.sqlite as evidence; this silo stops.',
    },
  )
}
