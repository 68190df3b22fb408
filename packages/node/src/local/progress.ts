import type { AggregatorEvent, ChildEvent, SiloEvent } from './child-events.ts'

/** Where one silo stands. */
export type SiloProgress = {
  readonly name: string
  readonly status:
    | 'starting'
    | 'registered'
    | 'waiting'
    | 'training'
    | 'skipped'
    | 'sent'
    | 'accepted'
    | 'refused'
    | 'finished'
  /** Steps of local training done in this round, and how many there are. */
  readonly done: number
  readonly total: number
  readonly loss: number | undefined
  /** Why the last update was refused. */
  readonly code: string | undefined
}

/** A round that is over, as far as the live view shows it. */
export type ClosedRound = Extract<AggregatorEvent, { type: 'round-closed' }>['record']

/** Everything that the live view shows; made of events alone. */
export type Progress = {
  readonly step:
    | 'starting'
    | 'registering'
    | 'market'
    | 'paused'
    | 'gathering'
    | 'training'
    | 'assessing'
    | 'finished'
  readonly round: number
  readonly rounds: number
  readonly received: number
  /** Coalitions whose models were evaluated in this round's assessment so far. */
  readonly evaluated: number
  readonly silos: readonly SiloProgress[]
  readonly closed: readonly ClosedRound[]
  readonly settledRounds: number
  readonly gas: number
}

const STEPS: Readonly<Record<string, Progress['step']>> = {
  registration: 'registering',
  market: 'market',
  resume: 'paused',
  silos: 'gathering',
}

/** Progress before anything happened. */
export function initialProgress(silos: readonly string[], rounds: number): Progress {
  return {
    step: 'starting',
    round: 0,
    rounds,
    received: 0,
    evaluated: 0,
    silos: silos.map((name) => ({
      name,
      status: 'starting',
      done: 0,
      total: 0,
      loss: undefined,
      code: undefined,
    })),
    closed: [],
    settledRounds: 0,
    gas: 0,
  }
}

/** Progress after one more event; events of unknown silos change nothing. */
export function advance(progress: Progress, event: ChildEvent): Progress {
  return event.from === 'aggregator'
    ? afterAggregator(progress, event.event)
    : afterSilo(progress, event.name, event.event)
}

function afterAggregator(progress: Progress, event: AggregatorEvent): Progress {
  switch (event.type) {
    case 'waiting':
      return { ...progress, step: STEPS[event.for] ?? progress.step }
    case 'round-open':
      return {
        ...progress,
        step: 'training',
        round: event.round,
        rounds: event.rounds,
        received: 0,
      }
    case 'update':
      return { ...progress, received: event.received }
    case 'assessing':
      return { ...progress, step: 'assessing', evaluated: event.evaluated }
    case 'round-closed':
      return { ...progress, closed: [...progress.closed, event.record] }
    case 'anchored': {
      const settles = event.step === 'finalize' || event.step === 'void'
      const settledRounds = progress.settledRounds + (settles ? 1 : 0)
      return { ...progress, settledRounds, gas: progress.gas + event.gas }
    }
    case 'finished':
      return { ...progress, step: 'finished' }
    default:
      return progress
  }
}

function afterSilo(progress: Progress, name: string, event: SiloEvent): Progress {
  const silos = progress.silos.map((silo) => (silo.name === name ? afterOwn(silo, event) : silo))
  return { ...progress, silos }
}

function afterOwn(silo: SiloProgress, event: SiloEvent): SiloProgress {
  switch (event.type) {
    case 'registered':
      return { ...silo, status: 'registered' }
    case 'waiting':
      return { ...silo, status: 'waiting' }
    case 'round-open':
      return { ...silo, status: 'training', done: 0, total: 0, loss: undefined, code: undefined }
    case 'training':
      return { ...silo, status: 'training', done: event.done, total: event.total, loss: event.loss }
    case 'skipped':
      return { ...silo, status: 'skipped', code: event.code }
    case 'sent':
      return { ...silo, status: 'sent', done: silo.total }
    case 'receipt':
      return { ...silo, status: event.accepted ? 'accepted' : 'refused', code: event.code }
    case 'finished':
      return { ...silo, status: 'finished' }
    default:
      return silo
  }
}
