import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from '@fednode/engine'
import { FedError, modelSpecOf } from '@fednode/protocol'
import { allianceHostRules } from './alliance-host-rules.ts'
import type { AllianceDeps, AllianceNode, AllianceOptions, AllianceRun } from './alliance-node.ts'
import { playAlliance } from './play-alliance.ts'

/** How often a node that is alone looks for others, in ms. */
const LOOK_INTERVAL_MS = 1_000

/**
 * A node of an alliance: listens, stays connected to other participants, and plays round after round. A vote is on the disk before it is
 * committed to, so that kill -9 at any moment and a new start go on with the same round.
 */
export function createAllianceNode(options: AllianceOptions, deps: AllianceDeps): AllianceNode {
  const controller = new AbortController()
  const run = assemble(options, deps, controller.signal)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  // Whoever awaits `done` sees the failure; until then it is not an unhandled one.
  promise.catch(() => {})
  return {
    done: promise,
    async start() {
      for (const cid of deps.journal.models()) run.served.models.add(cid)
      await run.host.start()
      const { peerId } = run.host
      deps.onEvent({ type: 'listening', peerId, addresses: run.host.addresses() })
      void stayConnected(run)
      void playAlliance(run).then(resolve, reject)
    },
    async stop() {
      controller.abort()
      await run.host.stop()
    },
  }
}

function assemble(options: AllianceOptions, deps: AllianceDeps, signal: AbortSignal): AllianceRun {
  const served: AllianceRun['served'] = {
    models: new Set(),
    contributions: new Set(),
    voters: new Set(),
  }
  let engine: Promise<Engine> | undefined
  return {
    options,
    deps,
    host: deps.createHost(allianceHostRules(deps, served)),
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
async function stayConnected({ host, options, deps, signal }: AllianceRun): Promise<void> {
  while (!signal.aborted) {
    if (host.connectedMembers().length === 0 && options.bootstrap.length > 0) {
      try {
        await host.connect(options.bootstrap)
      } catch (error) {
        if (!(error instanceof FedError)) throw error
        deps.logger.debug({ code: error.code }, 'no participant was reached')
      }
    }
    await sleep(LOOK_INTERVAL_MS, undefined, { signal }).catch(() => {})
  }
}
