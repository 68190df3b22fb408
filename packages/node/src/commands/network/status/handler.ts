import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { textTable } from '../../../framework/text-table.ts'
import { NETWORK_WRITE_MS } from '../../../network/keep-network-file.ts'
import { type NetworkView, readNetworkFile } from '../../../network/network-file.ts'
import { findFederation } from '../../../runtime/find-scenario.ts'
import { type KeptOptions, keptInit } from '../../aggregator/kept-init.ts'
import { whatIsMissing } from './what-is-missing.ts'

/** A peer that has not written for so long does not run, in ms. */
const STALE_MS = 4 * NETWORK_WRITE_MS
const MS_PER_SECOND = 1_000

export const init = keptInit

export async function run(options: KeptOptions, { now }: Context): Promise<Outcome> {
  const { scenario, directory } = findFederation(options.directory, options.scenario)
  const view = await readNetworkFile(directory)
  const ageMs = view === undefined ? Number.POSITIVE_INFINITY : now() - view.writtenAt
  const isRunning = ageMs < STALE_MS
  const missing = isRunning && view !== undefined ? whatIsMissing(view) : [NOT_RUNNING]
  const data = { scenario, running: isRunning, missing, ...(view ?? {}) }
  const connections = isRunning && view !== undefined ? [describe(view, now())] : []
  const text = [...connections, ...missing.map(({ what, fix }) => `${what}\n  fix  ${fix}`)]
  return { data, text: text.join('\n\n'), ...(missing.length > 0 ? { fault: 'network' } : {}) }
}

const NOT_RUNNING = {
  what: 'No peer of this federation runs in this directory',
  fix: 'fednode join …  or  fednode aggregator run …',
}

function describe(view: NetworkView, now: number): string {
  const head = [
    `peer       ${view.peerId}`,
    `reached    ${view.addresses.length === 0 ? 'nowhere: it dials only' : view.addresses.join('\n           ')}`,
  ]
  const rows = view.connections.map(({ peer, role, transport, direction, rttMs, since }) => [
    peer === view.aggregator ? 'aggregator' : role,
    transport,
    direction,
    rttMs === undefined ? '-' : `${rttMs.toFixed(0)} ms`,
    `${Math.round((now - since) / MS_PER_SECOND)} s`,
    peer,
  ])
  const columns = ['who', 'over', 'direction', 'ping', 'for', 'peer']
  return [...head, '', textTable(columns, rows, { textColumns: [0, 1, 2, 5] })].join('\n')
}
