import type { Member } from '@fednode/contracts'
import {
  type BlobRef,
  decodeWeights,
  encodeWeights,
  MAX_SAMPLES,
  maxUpdateBytes,
  openRound,
  type RoundState,
  type SiloName,
  targetSilos,
  type Weights,
} from '@fednode/protocol'
import type { ChainWork } from '../journal/chain-task.ts'
import type { OpenRound } from '../journal/rounds.ts'
import { untilLeading } from '../leadership/until-leading.ts'
import { aborted } from './aborted.ts'
import { closeRound } from './close-round.ts'
import { collectUpdates } from './collect-updates.ts'
import type { Run } from './coordinator.ts'
import { drawRandomness } from './draw-randomness.ts'
import { endInTime } from './end-in-time.ts'
import { mendRound } from './mend-round.ts'
import { potOf } from './pot-of.ts'
import { untilReady } from './prepare.ts'
import { ANNOUNCE_MS, keepSaying, say } from './publish.ts'
import { createRoundClock } from './round-clock.ts'
import { serveRound } from './serve-round.ts'
import { controlOf, roundOpenOf, roundResultOf } from './statements.ts'
import { updateIntake } from './update-intake.ts'

/** Plays what is left of the federation's rounds, beginning with the one that a crash interrupted. */
export async function playRounds(run: Run): Promise<void> {
  const { journal, onEvent } = run.deps
  const { count } = run.options.manifest.rounds
  while (!run.signal.aborted && journal.lastClosedRound() < count) {
    await untilReady(run)
    await untilLeading(run)
    if (run.signal.aborted) return
    const resumed = resumeRound(run)
    if (resumed !== undefined) await mendRound(run, resumed)
    const open = resumed ?? (await beginRound(run))
    run.state.announced = open.round
    onEvent({ type: 'round-open', round: open.round, rounds: count })
    const base = await readModel(run, open.base)
    if (open.state === 'open') await collect(run, open, base)
    // What ends without the lead could end twice.
    await untilLeading(run)
    if (run.signal.aborted) return
    await closeRound(run, open, base)
    announceResult(run, open.round)
  }
}

/** The record of a round goes to everybody, its model is served, and the chain hears of it. */
function announceResult(run: Run, round: number): void {
  const { journal, onEvent } = run.deps
  const record = journal.record(round)
  if (record === undefined) return
  serveRound(run, record)
  // Before the chain hears of it: what is anchored and known to nobody could not be rebuilt.
  say(run, roundResultOf(run, record))
  run.queue.wake()
  onEvent({ type: 'round-closed', record })
}

/** The round that a restart finds open gets its full time again, before this term first speaks of it (T4). */
function resumeRound({ deps, options }: Run): OpenRound | undefined {
  const open = deps.journal.openRound()
  if (open?.state !== 'open') return open
  const deadline = deps.now() + options.manifest.rounds.deadlineSeconds * 1_000
  deps.journal.extendRound(open.round, deadline)
  return { ...open, deadline }
}

async function beginRound(run: Run): Promise<OpenRound> {
  const { journal, now } = run.deps
  const { rounds, reward } = run.options.manifest
  const round = journal.lastClosedRound() + 1
  const base = journal.record(round - 1)?.model ?? (await initialModel(run))
  const randomness = await drawRandomness(run)
  const openedAt = now()
  const deadline = openedAt + rounds.deadlineSeconds * 1_000
  const open: OpenRound = { round, state: 'open', base, openedAt, deadline, ...randomness }
  const amountWei = potOf(reward, round)
  // The pot is escrowed before anybody knows the scores.
  const work: ChainWork[] =
    amountWei === 0n ? [] : [{ step: 'fund', amountWei: amountWei.toString() }]
  journal.beginRound(open, work)
  run.queue.wake()
  return open
}

async function initialModel({ deps, firstModel }: Run): Promise<BlobRef> {
  return deps.blobs.put(encodeWeights(firstModel()))
}

async function readModel({ deps, model }: Run, ref: BlobRef): Promise<Weights> {
  return decodeWeights(await deps.blobs.get(ref.cid), deps.engine.weightSpecs(model))
}

/** Announces the round until enough updates are in, or its time is over. */
async function collect(run: Run, open: OpenRound, base: Weights): Promise<void> {
  const { served, options } = run
  served.add(open.base.cid)
  const control = controlOf(run.deps.journal, open.round)
  if (control !== undefined) served.add(control.cid)
  const state = stateOf(run, open, base)
  const clock = createRoundClock(run.deps)
  const intake = updateIntake(run, { plan: state.plan, base, clock })
  const collecting = collectUpdates(run, state, { clock, intake })
  run.state.collecting = collecting
  const over = new AbortController()
  const signal = AbortSignal.any([run.signal, over.signal])
  const saying = keepSaying(run, () => roundOpenOf(run, open), {
    everyMs: options.announceMs ?? ANNOUNCE_MS,
    signal,
  })
  const timing = endInTime(run, { round: open.round, collecting }, signal)
  // What was accepted before a crash may be all.
  collecting.resume()
  try {
    await Promise.race([collecting.ended, aborted(run.signal)])
  } finally {
    over.abort()
    await Promise.all([saying, timing])
  }
}

function stateOf({ deps, state, options }: Run, open: OpenRound, base: Weights): RoundState {
  const all = deps.registry.members()
  const members = new Map(all.map(({ name, peerId }) => [name, peerId]))
  const drawn = open.sample && namesOf(all, open.sample.drawn)
  const { minSilos, targetShare } = options.manifest.rounds
  return openRound(
    {
      round: open.round,
      term: state.term,
      base: open.base.cid,
      deadline: open.deadline,
      minSilos,
      targetSilos: targetSilos(targetShare, (drawn ?? members).size),
      members,
      ...(drawn === undefined ? {} : { drawn }),
      maxSamples: options.manifest.limits.maxRows ?? MAX_SAMPLES,
      maxUpdateBytes: maxUpdateBytes(base.specs, options.manifest.compression),
    },
    deps.journal.updates(open.round),
  )
}

function namesOf(members: readonly Member[], indexes: readonly number[]): ReadonlySet<SiloName> {
  return new Set(members.filter(({ index }) => indexes.includes(index)).map(({ name }) => name))
}
