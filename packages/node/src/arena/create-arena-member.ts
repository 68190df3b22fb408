import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from '@fednode/engine'
import { FedError, modelSpecOf } from '@fednode/protocol'
import { arenaHostRules } from './arena-host-rules.ts'
import type { ArenaDeps, ArenaMember, ArenaOptions, ArenaRun } from './arena-member.ts'
import { playArena } from './play-arena.ts'

/** How often a member that is alone looks for others, in ms. */
const LOOK_INTERVAL_MS = 1_000

/**
 * A member of a task: listens, stays connected to others, and plays round after round. Scores and salt are on the disk before they are
 * committed to, so that kill -9 at any moment and a new start go on with the same round.
 */
export function createArenaMember(options: ArenaOptions, deps: ArenaDeps): ArenaMember {
  const controller = new AbortController()
  const run = assemble(options, deps, controller.signal)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  // Whoever awaits `done` sees the failure; until then it is not an unhandled one.
  promise.catch(() => {})
  return {
    done: promise,
    async start() {
      await run.host.start()
      const { peerId } = run.host
      deps.onEvent({ type: 'listening', peerId, addresses: run.host.addresses() })
      void stayConnected(run)
      void playArena(run).then(resolve, reject)
    },
    async stop() {
      controller.abort()
      await run.host.stop()
    },
  }
}

function assemble(options: ArenaOptions, deps: ArenaDeps, signal: AbortSignal): ArenaRun {
  const served: ArenaRun['served'] = { models: new Set() }
  let engine: Promise<Engine> | undefined
  return {
    options,
    deps,
    host: deps.createHost(arenaHostRules(deps.peers, served)),
    model: modelSpecOf(options.manifest),
    engine() {
      engine ??= deps.createEngine()
      return engine
    },
    served,
    signal,
  }
}

/** The host finds the others by itself once it knows one. */
async function stayConnected({ host, options, deps, signal }: ArenaRun): Promise<void> {
  let isSaid = false
  while (!signal.aborted) {
    if (host.connectedMembers().length === 0 && options.bootstrap.length > 0) {
      try {
        await host.connect(options.bootstrap)
      } catch (error) {
        if (!(error instanceof FedError)) throw error
        if (!isSaid) deps.logger.warn({ code: error.code }, 'no member was reached: trying again')
        isSaid = true
      }
    }
    await sleep(LOOK_INTERVAL_MS, undefined, { signal }).catch(() => {})
  }
}
