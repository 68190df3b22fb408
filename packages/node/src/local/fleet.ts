import type { Cid } from '@fednode/protocol'
import type { Address } from 'viem'
import type { ChildEvent } from './child-events.ts'
import type { Child } from './child-process.ts'
import type { FederationPlan, PlannedSilo } from './plan.ts'
import type { Progress } from './progress.ts'
import type { RunDirectory } from './run-directory.ts'
import type { RunState } from './run-state.ts'
import { startArgs } from './start-args.ts'
import { startParticipant } from './start-participant.ts'

const LISTEN = '/ip4/127.0.0.1/tcp/0'
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
  readonly state: RunState<Progress, ChildEvent>
}

/** Starts the aggregator, paused before round 1, and every silo. A process that ends badly fails `state`. */
export function startFleet(options: FleetOptions): Fleet {
  const { plan, directory, scenario, env, state } = options
  const shared = ['--rpc', options.rpcUrl, '--listen', LISTEN, '--json', '--log-level', 'info']
  const start = (role: 'aggregator' | 'silo', name: string, args: readonly string[]): Child =>
    startParticipant({ directory, env, state }, { role, name }, [...args, ...shared])
  const { validationFile, silos } = plan
  const aggregator = ['aggregator', 'run', '--dir', directory.aggregator, '--scenario', scenario]
  const children = [
    start('aggregator', 'aggregator', [
      ...aggregator,
      ...['--data', validationFile, '--paused'],
      ...startArgs(plan),
    ]),
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
