import {
  advanceTime,
  proveBeacon,
  readBeaconRound,
  readSeat,
  readTask,
  readTaskMember,
  type Task,
} from '../../packages/contracts/src/index.ts'
import { localBeaconSigner } from '../../packages/node/src/chain/local-network.ts'
import type { ArenaScene } from './arena-scene.ts'

const LOOK_MS = 100

/**
 * Lets nobody wait for the clock: goes to the end of a phase when every node has submitted, every validator committed, and to the beacon's
 * round, which it signs. Resolves when the task has finished.
 * @param members - how many have to be there before the first round begins; `onFrozen` sees each round's models before they are scored.
 */
export async function keepTime(
  scene: ArenaScene,
  members: {
    readonly nodes: number
    readonly validators: number
    onFrozen?(entries: Task['entries']): Promise<void>
  },
): Promise<void> {
  const { founder, network, task } = scene
  const { registry, beacon } = network.contracts
  const signer = localBeaconSigner()
  /** Models of the last round: each node trains on before the next. */
  let former: ReadonlySet<string> = new Set()
  for (;;) {
    const now = await readTask(founder, { registry, task })
    if (now === undefined || now.phase === 'finished') return
    if (now.phase === 'drawing') {
      former = new Set(now.entries.map(({ model }) => model))
      const due = await readBeaconRound(founder, { beacon, round: now.beaconRound })
      if (due.seed === undefined) {
        await members.onFrozen?.(now.entries)
        await goTo(due.dueAt)
        await proveBeacon(founder, {
          beacon,
          round: due.round,
          point: signer.sign(due.number).point,
        })
      }
    } else if (now.phase === 'submitting' ? await areSubmitted(now) : await areCommitted(now)) {
      await goTo(now.deadline)
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }

  /** Too late when somebody's transaction passed the moment: then there is nothing to wait for. */
  function goTo(moment: number): Promise<unknown> {
    return advanceTime(founder, BigInt(moment)).catch(() => {})
  }

  async function areSubmitted({ nodes, validators }: Task): Promise<boolean> {
    if (nodes.length < members.nodes || validators.length < members.validators) return false
    const found = await Promise.all(
      nodes.map((member) => readTaskMember(founder, { registry, task, member })),
    )
    return found.every(({ model }) => model !== undefined && !former.has(model))
  }

  async function areCommitted({ validators, round }: Task): Promise<boolean> {
    const seats = await Promise.all(
      validators.map((validator) => readSeat(founder, { registry, task, round, validator })),
    )
    return seats.every((seat) => seat === undefined || seat.models.length === 0 || seat.committed)
  }
}
