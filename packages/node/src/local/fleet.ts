import path from 'node:path'
import type { Cid } from '@fednode/protocol'
import type { Address } from 'viem'
import { parseChildLine } from './child-events.ts'
import { type Child, startChild } from './child-process.ts'
import type { FederationPlan, PlannedSilo } from './plan.ts'
import type { RunDirectory } from './run-directory.ts'
import type { RunState } from './run-state.ts'

const LISTEN = '/ip4/127.0.0.1/tcp/0'
/** What a child needs of our environment; everything else, secrets among it, stays here (T41). */
const PASSED_ON = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TZ',
  'LANG',
  'SYSTEMROOT',
  'XDG_CACHE_HOME',
  'FEDNODE_CACHE',
] as const

/** All processes of a federation: one aggregator and its silos. */
export type Fleet = {
  readonly children: readonly Child[]
  /** Resolves when every process ended well, after the last round. */
  readonly done: Promise<void>
  stop(): Promise<void>
}

type FleetOptions = {
  readonly plan: FederationPlan
  readonly directory: RunDirectory
  readonly scenario: Address
  readonly manifestCid: Cid
  readonly rpcUrl: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly state: RunState
}

/** Starts the aggregator, paused before round 1, and every silo. A process that ends badly fails `state`. */
export function startFleet(options: FleetOptions): Fleet {
  const { plan, directory, scenario, state } = options
  const shared = ['--rpc', options.rpcUrl, '--listen', LISTEN, '--json', '--log-level', 'info']
  const start = (role: 'aggregator' | 'silo', name: string, args: readonly string[]): Child => {
    const child = startChild({
      name,
      args: [...args, ...shared],
      cwd: directory.root,
      env: Object.fromEntries(PASSED_ON.map((key) => [key, options.env[key]])),
      logFile: path.join(directory.logs, `${name}.log`),
      onLine: (line) => {
        const event = parseChildLine({ role, name }, line)
        if (event !== undefined) state.apply(event)
      },
    })
    child.done.catch((error: unknown) => state.fail(error))
    return child
  }
  const { validationFile, silos } = plan
  const aggregator = ['aggregator', 'run', '--dir', directory.aggregator, '--scenario', scenario]
  const children = [
    start('aggregator', 'aggregator', [...aggregator, '--data', validationFile, '--paused']),
    ...silos.map((silo) => {
      const { name, file } = silo
      const own = ['--dir', directory.siloOf(name), '--name', name, '--data', file]
      const orders = ['--accept', options.manifestCid, ...attackArgs(silo, options)]
      return start('silo', name, ['join', scenario, ...own, ...orders])
    }),
  ]
  const done = Promise.all(children.map((child) => child.done)).then(() => {})
  // `state` has every failure already; nobody waits for the end before the last round.
  done.catch(() => {})
  return {
    children,
    done,
    stop: async () => {
      await Promise.all(children.map((child) => child.stop()))
    },
  }
}

function attackArgs(
  { attack }: PlannedSilo,
  { plan, directory }: Pick<FleetOptions, 'plan' | 'directory'>,
): readonly string[] {
  if (attack === undefined) return []
  const attackers = plan.silos.filter((silo) => silo.attack !== undefined).length
  const collusion = ['--attackers', String(attackers), '--collusion', directory.collusion]
  return ['--simulate-attack', attack, ...collusion]
}
