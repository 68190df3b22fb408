import { encodeSignedMessage, fromPico, type RoundResult, UserError } from '@fednode/protocol'
import { catchUp } from './keep-connected.ts'
import { playRound, type Trainer } from './play-round.ts'
import type { SiloRun } from './silo.ts'
import type { SiloState } from './silo-state.ts'

/** How often a silo that waits asks the aggregator what it missed, in ms. */
const CATCH_UP_MS = 5_000
/** A share of one: the whole pot. */
const SHARE_UNITS = 1e9

/**
 * Plays round after round until the aggregator says that one was the last, or the signal fires.
 * @throws {UserError} refused: EQUIVOCATION (T4), OTHER_MANIFEST.
 */
export async function playRounds(run: SiloRun, trainer: Trainer): Promise<RoundResult | undefined> {
  const { deps, options, state, signal } = run
  let finished = deps.journal.lastFinished()
  let isSaid = false
  while (!signal.aborted) {
    const { open, result, conflict } = state.get()
    if (conflict !== undefined) throw equivocation(run, conflict)
    if (result !== undefined && result.round > finished) {
      finish(run, result)
      finished = result.round
    }
    if (result?.last === true) return result
    if (open !== undefined && open.message.round > finished) {
      if (open.message.manifest !== options.manifestCid)
        throw otherManifest(open.message.manifest, run)
      await playRound(run, open.message, trainer)
      isSaid = false
      continue
    }
    if (!isSaid)
      deps.onEvent({
        type: 'waiting',
        for: options.registering && finished === 0 ? 'registration' : 'round',
      })
    isSaid = true
    await state.changed({ timeoutMs: CATCH_UP_MS, signal })
    await catchUp(run)
  }
  return undefined
}

function finish({ deps, options, served }: SiloRun, result: RoundResult): void {
  const own = result.contributions.find(({ silo }) => silo === options.name)
  const event = {
    type: 'round-result',
    round: result.round,
    accuracy: fromPico(result.accuracyPico),
    loss: fromPico(result.lossPico),
    shapley: fromPico(own?.shapleyPico ?? 0),
    share: (own?.share ?? 0) / SHARE_UNITS,
    last: result.last,
  } as const
  deps.journal.saveResult(result.round, event)
  served.models.add(result.model.cid)
  deps.onEvent(event)
}

function equivocation({ deps }: SiloRun, conflict: NonNullable<SiloState['conflict']>): UserError {
  deps.journal.saveEvidence(conflict.map(encodeSignedMessage))
  const [{ message }] = conflict
  return new UserError(
    'refused',
    `the aggregator signed two different versions of round ${message.round} (term ${message.term})`,
    {
      code: 'EQUIVOCATION',
      hint: 'It tells silos different things. Both signed messages are kept in journal.sqlite as evidence; this silo stops.',
    },
  )
}

function otherManifest(manifest: string, { options }: SiloRun): UserError {
  return new UserError(
    'refused',
    `the aggregator opened a round of manifest ${manifest}, not of the approved ${options.manifestCid}`,
    { code: 'OTHER_MANIFEST', hint: 'Nothing was trained. Ask the federator why.' },
  )
}
