import type { Child } from '../child-process.ts'
import type { RunDirectory } from '../run-directory.ts'
import type { RunState } from '../run-state.ts'
import { type ProcessHome, startProcess } from '../start-process.ts'
import { FIRST } from './govern.ts'
import type { NetworkCast } from './network-cast.ts'
import { type NetworkEvent, parseNetworkLine } from './network-events.ts'
import type { NetworkPlan, PlannedNode } from './network-plan.ts'
import type { NetworkProgress } from './network-progress.ts'

const LISTEN = ['--listen', '/ip4/127.0.0.1/tcp/0', '--log-level', 'info'] as const
/** Processes start and listen within this, in seconds, also on a slow machine. */
const START_SECONDS = 180

/** All processes of a local network: who signs the beacon, and every node. */
export type NetworkFleet = {
  /** Resolves when every node ended well, after its last round. */
  readonly done: Promise<void>
  stop(): Promise<void>
}

type FleetOptions = {
  readonly plan: NetworkPlan
  readonly cast: NetworkCast
  readonly directory: RunDirectory
  readonly env: ProcessHome['env']
  readonly state: RunState<NetworkProgress, NetworkEvent>
}

/**
 * Starts the beacon's signer and then every node; those of the alliance, and of the arena, ask the first one for the others. A process that
 * ends badly fails `state`.
 * @param own - takes over each process as soon as it was started.
 */
export async function startNetworkFleet(
  options: FleetOptions,
  own: (stop: () => Promise<void>) => void,
): Promise<NetworkFleet> {
  const { plan, cast, state } = options
  const children: Child[] = []
  const take = (child: Child): Child => {
    own(child.stop)
    return child
  }
  const chain = ['--rpc', cast.rpcUrl, '--network', cast.network.directory.toLowerCase(), '--json']
  const signer = ['beacon', 'run', '--dir', cast.beaconDirectory, ...chain]
  const beacon = take(startProcess(options, { name: 'beacon', args: signer, onLine: () => {} }))
  const startGroup = async (nodes: readonly PlannedNode[]): Promise<void> => {
    let bootstrap: string | undefined
    for (const node of nodes) {
      const { child, listening } = startNode(options, { node, bootstrap, chain })
      children.push(take(child))
      bootstrap ??= await Promise.race([listening, state.failed])
    }
  }
  await Promise.all([
    startGroup(plan.nodes.filter(({ role }) => role === 'alliance')),
    startGroup(plan.nodes.filter(({ role }) => role !== 'alliance')),
  ])
  const done = Promise.all(children.map((child) => child.done)).then(() => {})
  // `state` has every failure already.
  done.catch(() => {})
  await state.until('the start of every node', START_SECONDS, ({ nodes }) =>
    nodes.every(({ listens }) => listens),
  )
  return {
    done,
    async stop() {
      await Promise.all([...children, beacon].map((child) => child.stop()))
    },
  }
}

function startNode(
  options: FleetOptions,
  {
    node,
    bootstrap,
    chain,
  }: {
    readonly node: PlannedNode
    readonly bootstrap: string | undefined
    readonly chain: readonly string[]
  },
): { readonly child: Child; readonly listening: Promise<string> } {
  const { plan, directory, state } = options
  const { name, role, file, attack } = node
  const place = role === 'alliance' ? String(FIRST) : `arena:${FIRST}`
  const own = ['--name', name, '--dir', directory.siloOf(name), '--data', file]
  const terms = ['--role', role, '--manifest', plan.manifestFile, '--accept', plan.manifestCid]
  const known = bootstrap === undefined ? [] : ['--bootstrap', bootstrap]
  const orders = attack === undefined ? [] : ['--simulate-attack', attack]
  const { promise, resolve } = Promise.withResolvers<string>()
  const child = startProcess(options, {
    name,
    args: ['join', place, ...own, ...terms, ...known, ...orders, ...LISTEN, ...chain],
    onLine: (line) => {
      const found = parseNetworkLine(name, line)
      if (found === undefined) return
      if (found.event.type === 'listening') resolve(found.event.addresses[0] ?? '')
      state.apply(found)
    },
  })
  return { child, listening: promise }
}
