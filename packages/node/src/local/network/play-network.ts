import { setTimeout as sleep } from 'node:timers/promises'
import { readBeaconRound, readTask, type Task } from '@fednode/contracts'
import { LocalError } from '../local-error.ts'
import type { RunState } from '../run-state.ts'
import { tasksOf } from './govern.ts'
import type { Measured, ModelMeter } from './measure-models.ts'
import type { NetworkCast } from './network-cast.ts'
import type { NetworkClock } from './network-clock.ts'
import type { NetworkEvent } from './network-events.ts'
import type { NetworkFleet } from './network-fleet.ts'
import type { NetworkProgress } from './network-progress.ts'

/** One duty of a node, in seconds, also on a slow machine. */
const DUTY_SECONDS = 180
const POLL_MS = 200

type Play = {
  readonly cast: NetworkCast
  readonly clock: NetworkClock
  readonly fleet: Pick<NetworkFleet, 'done'>
  readonly meter: ModelMeter
  readonly rounds: number
  readonly state: RunState<NetworkProgress, NetworkEvent>
  onMeasured(round: number, measured: Measured | undefined): void
}

/**
 * Waits for the alliance's rounds and the arena's, which their nodes play by themselves, until every node has left. The arena's phases end
 * by time: when everybody has done what a phase asks for, the clock is moved to its end.
 * @returns what the alliance's models were worth, by round.
 */
export async function playNetwork(play: Play): Promise<ReadonlyMap<number, Measured>> {
  const [measured] = await Promise.all([measureRounds(play), hurryArena(play)])
  await play.fleet.done
  return measured
}

async function measureRounds({
  state,
  rounds,
  meter,
  onMeasured,
}: Play): Promise<ReadonlyMap<number, Measured>> {
  const measured = new Map<number, Measured>()
  for (let round = 1; round <= rounds; round++) {
    await state.until(
      `round ${round} of the alliance`,
      DUTY_SECONDS,
      ({ settled }) => settled.length >= round,
    )
    const end = state.progress().settled[round - 1]
    const found = end === undefined ? undefined : await meter.measure(end.model)
    if (found !== undefined) measured.set(round, found)
    onMeasured(round, found)
  }
  return measured
}

async function hurryArena(play: Play): Promise<void> {
  const { state, clock } = play
  const everybody = (holds: (node: NetworkProgress['nodes'][number]) => boolean, role: string) =>
    state.until(`the arena: every ${role}`, DUTY_SECONDS, ({ nodes }) =>
      nodes.every((node) => node.role !== role || holds(node)),
    )
  await everybody(({ submitted }) => submitted >= 1, 'arena-node')
  await clock.jump(BigInt((await taskOf(play)).deadline))
  const drawing = await untilPhase(play, 'drawing')
  const { beacon } = play.cast.network.contracts
  const { dueAt } = await readBeaconRound(play.cast.founder, {
    beacon,
    round: drawing.beaconRound,
  })
  await clock.jump(BigInt(dueAt))
  const voting = await untilPhase(play, 'voting')
  await everybody(({ committed }) => committed >= 1, 'arena-validator')
  await clock.jump(BigInt(voting.deadline))
  await untilPhase(play, 'finished')
}

async function untilPhase(play: Play, phase: Task['phase']): Promise<Task> {
  const until = performance.now() + DUTY_SECONDS * 1_000
  while (performance.now() < until) {
    const task = await taskOf(play)
    if (task.phase === phase) return task
    await Promise.race([sleep(POLL_MS), play.state.failed])
  }
  throw new LocalError(`the arena's task did not come to ${phase}`, {
    code: 'LOCAL_TIMEOUT',
    waitedFor: phase,
    seconds: DUTY_SECONDS,
  })
}

async function taskOf({ cast }: Play): Promise<Task> {
  const { registry } = cast.network.contracts
  const task = await readTask(cast.founder, { registry, task: tasksOf(cast).arena })
  if (task !== undefined) return task
  throw new LocalError('the arena has no task', { code: 'LOCAL_CHAIN_STATE', what: 'task 1' })
}
