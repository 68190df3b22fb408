import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createKeys } from '../../../packages/node/src/identity/create-identity.ts'
import { PEER_KEY_FILE } from '../../../packages/node/src/identity/identity.ts'
import { loadPeerKey } from '../../../packages/node/src/identity/load-identity.ts'
import { type CliProcess, createCliProcess } from './cli-process.ts'
import type { Place } from './federation.ts'
import { freePort } from './free-port.ts'
import { until } from './until.ts'

const START_MS = 30_000

/** A `fednode relay run` that listens. */
export type RelayProcess = {
  readonly process: CliProcess
  /** What `--relay` takes. */
  readonly address: string
  /** Ends it and removes its keys. */
  remove(): Promise<void>
}

/** Starts a relay at a place in the network. */
export async function startRelayProcess({ host, prefix }: Place): Promise<RelayProcess> {
  const directory = await mkdtemp(path.join(tmpdir(), 'fednode-fault-relay-'))
  await createKeys(directory, [PEER_KEY_FILE])
  const { peerId } = await loadPeerKey(directory)
  const socket = `/ip4/${host}/tcp/${await freePort()}`
  const process = createCliProcess({
    name: 'relay',
    args: ['relay', 'run', '--dir', directory, '--listen', socket, '--json'],
    cwd: directory,
    logFile: path.join(directory, 'relay.log'),
    prefix,
  })
  process.start()
  await until('the relay listens', () => listens(process), START_MS)
  return {
    process,
    address: `${socket}/p2p/${peerId}`,
    async remove() {
      await process.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function listens({ events }: CliProcess): boolean {
  return events.some(({ type }) => type === 'listening')
}
