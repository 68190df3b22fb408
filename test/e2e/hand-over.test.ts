import { cp, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { connectChain, readLease } from '../../packages/contracts/src/index.ts'
import { checkOutcome } from '../faults/harness/check-outcome.ts'
import { type CliProcess, createCliProcess } from '../faults/harness/cli-process.ts'
import { createFaultFederation, type Federation } from '../faults/harness/federation.ts'
import { freePort } from '../faults/harness/free-port.ts'
import { undisturbedModel } from '../faults/harness/undisturbed.ts'
import { until } from '../faults/harness/until.ts'

/** One round before the end of the leader, the one that is handed over, one after. */
const TERMS = { silos: 2, rounds: 3 }
/** In the middle of round 2: one of its two updates is journaled. */
const KILL = { FEDNODE_DEBUG_FAULTS: 'kill@aggregator.update-journaled:3' }
/** The shortest lease there is. */
const LEASE = { FEDNODE_LEASE: '10' }
const PATIENCE_MS = 90_000

const federations: Federation[] = []
afterEach(async () => {
  for (const federation of federations.splice(0)) await federation.remove()
})

async function begin(): Promise<Federation> {
  const federation = await createFaultFederation(TERMS)
  federations.push(federation)
  return federation
}

/** Where the aggregator's keys, journals and blobs are. */
const homeOf = ({ stateOf }: Federation): string =>
  path.dirname(path.dirname(stateOf('aggregator')))

/** A second machine with the federator's two keys and its validation rows. */
async function standbyOf(federation: Federation): Promise<CliProcess> {
  const { root, scenario, chain } = federation
  const home = path.join(root, 'standby')
  await cp(homeOf(federation), home, { recursive: true, preserveTimestamps: true })
  return createCliProcess({
    name: 'standby',
    args: [
      ...['aggregator', 'run', '--standby', '--dir', home, '--scenario', scenario],
      ...['--data', path.join(root, 'run', 'data', 'validation.csv'), '--rpc', chain.rpcUrl],
      ...['--listen', `/ip4/127.0.0.1/tcp/${await freePort()}`, '--json', '--log-level', 'info'],
    ],
    cwd: root,
    logFile: path.join(root, 'standby.log'),
  })
}

const knowsTheLeader = ({ events }: CliProcess): boolean =>
  events.some(({ detail }) => String(detail).includes('leads in term 1'))

async function untilOver(processes: readonly CliProcess[]): Promise<void> {
  await until('the end', () => processes.every((one) => !one.isRunning()), PATIENCE_MS)
  for (const one of processes) expect(one.ending()?.code, one.lastWords()).toBe(0)
}

describe('an aggregator that is gone for good', () => {
  it('T44: has its place taken by the standby in the middle of a round: same model, nothing paid twice', async () => {
    const federation = await begin()
    const { aggregator, silos, chain, scenario, root } = federation
    const standby = await standbyOf(federation)
    try {
      aggregator.start({ ...LEASE, ...KILL })
      standby.start(LEASE)
      await until('the standby', () => knowsTheLeader(standby), PATIENCE_MS)
      for (const silo of silos) silo.start()
      expect((await aggregator.ended(PATIENCE_MS)).signal).toBe('SIGKILL')
      await untilOver([standby, ...silos])
      const journal = path.join(root, 'standby', 'scenarios', scenario.toLowerCase())
      const outcome = await checkOutcome({ ...federation, stateOf: () => journal })
      expect(outcome.finalModel).toBe(await undisturbedModel(TERMS))
      const reader = await connectChain({ rpcUrl: chain.rpcUrl })
      expect((await readLease(reader, { scenario }))?.term).toBe(2)
    } finally {
      await standby.stop()
    }
  })

  it('T60: is rebuilt into an empty directory from the silos and the chain, and the round goes on', async () => {
    const federation = await begin()
    const { aggregator, silos, stateOf, scenario } = federation
    aggregator.start({ ...LEASE, ...KILL })
    for (const silo of silos) silo.start()
    expect((await aggregator.ended(PATIENCE_MS)).signal).toBe('SIGKILL')
    await rm(stateOf('aggregator'), { recursive: true })
    aggregator.start()
    expect((await aggregator.ended(PATIENCE_MS)).code).toBe(3)
    expect(aggregator.lastWords()).toContain('--rebuild')
    aggregator.start({ FEDNODE_REBUILD: scenario })
    await untilOver([aggregator, ...silos])
    expect(aggregator.events).toContainEqual({ type: 'rebuilt', rounds: 1, missingUpdates: 0 })
    expect((await checkOutcome(federation)).finalModel).toBe(await undisturbedModel(TERMS))
  })
})
