import { setTimeout as sleep } from 'node:timers/promises'
import { type ChainReader, readTaskPeers, type TaskPeer } from '@fednode/contracts'
import {
  type AddressText,
  FedError,
  type Logger,
  type PeerIdText,
  peerIdFromPublicKey,
  taskScope,
  verifyBinding,
} from '@fednode/protocol'

/** Strangers make it look at the chain at most this often, in ms. */
const REFRESH_INTERVAL_MS = 1_000

/** Who takes part in a task of the arena, as the chain says: the allow-list of its network (T1). */
export type ArenaPeers = {
  /** The node of an account; undefined when it takes no part, or its binding does not hold (T2). */
  peerOf(account: string): PeerIdText | undefined
  /** A stranger makes it look again, at most once a second for all strangers together; while the RPC is down the last answer holds. */
  isMember(peer: PeerIdText): Promise<boolean>
  isValidator(peer: PeerIdText): boolean
}

type Known = { readonly peer: PeerIdText; readonly role: TaskPeer['role'] }

/** Which task, and from which block on its members may have joined. */
export type ArenaPeersOptions = {
  readonly registry: AddressText
  readonly task: bigint
  readonly fromBlock: bigint
  readonly logger: Pick<Logger, 'warn'>
}

/** Reads who takes part and keeps it. @throws {ChainError} when the first look fails. */
export async function createArenaPeers(
  reader: ChainReader,
  options: ArenaPeersOptions,
): Promise<ArenaPeers> {
  let known = await readKnown(reader, options)
  let readAt = performance.now()
  let pending: Promise<void> | undefined

  async function refresh(): Promise<void> {
    const waitMs = readAt + REFRESH_INTERVAL_MS - performance.now()
    if (waitMs > 0) await sleep(waitMs, undefined, { ref: false })
    try {
      known = await readKnown(reader, options)
    } catch (error) {
      if (!(error instanceof FedError)) throw error
      options.logger.warn({ code: error.code }, 'the members could not be read; the last ones hold')
    }
    readAt = performance.now()
  }

  const find = (peer: PeerIdText): Known | undefined =>
    [...known.values()].find((one) => one.peer === peer)
  return {
    peerOf: (account) => known.get(account.toLowerCase())?.peer,
    isValidator: (peer) => find(peer)?.role === 'validator',
    async isMember(peer) {
      if (find(peer) !== undefined) return true
      pending ??= refresh().finally(() => {
        pending = undefined
      })
      await pending
      return find(peer) !== undefined
    },
  }
}

async function readKnown(
  reader: ChainReader,
  { registry, task, fromBlock, logger }: ArenaPeersOptions,
): Promise<ReadonlyMap<string, Known>> {
  const { chainId } = reader
  const scenario = taskScope(task)
  const known = new Map<string, Known>()
  for (const { account, role, peerKey, binding } of await readTaskPeers(reader, {
    registry,
    task,
    fromBlock,
  })) {
    const publicKey = Buffer.from(peerKey.slice(2), 'hex')
    if (verifyBinding({ chainId, scenario, account, publicKey, binding })) {
      known.set(account.toLowerCase(), { peer: peerIdFromPublicKey(publicKey), role })
    } else {
      logger.warn({ account }, 'a member whose binding does not hold is left out')
    }
  }
  return known
}
