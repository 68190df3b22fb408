import { readFile } from 'node:fs/promises'
import { isPeerId, type PeerIdText, UserError } from '@fednode/protocol'
import type { Context } from '../../../framework/context.ts'
import { unlessStopped } from '../../../runtime/unless-stopped.ts'

/** More than one relay has places for. */
const MAX_LIST_BYTES = 1_048_576

/** Whom a relay is for. */
export type GuestList = {
  isMember(peer: PeerIdText): boolean | Promise<boolean>
  close(): Promise<void>
}

/** What says whom a relay is for. */
type GuestOptions = {
  /** A file with a peer id a line; empty lines and those that begin with # say nothing. */
  readonly members?: string | undefined
  readonly scenario?: `0x${string}` | undefined
  readonly rpc: string
  readonly chainId?: number | undefined
}

/**
 * The members that a file lists, or those of a Scenario, followed on chain; undefined when the options name neither.
 * @throws {UserError} data NO_MEMBERS_FILE, BAD_MEMBERS_FILE; {ChainError} when the chain does not answer.
 */
export async function guestListOf(
  options: GuestOptions,
  context: Pick<Context, 'signal' | 'logger'>,
): Promise<GuestList | undefined> {
  const { members, scenario } = options
  if (members !== undefined) return listedGuests(members)
  return scenario === undefined ? undefined : followedGuests({ ...options, scenario }, context)
}

async function listedGuests(file: string): Promise<GuestList> {
  const guests = new Set<string>(parseList(await readList(file), file))
  return { isMember: (peer) => guests.has(peer), close: async () => {} }
}

async function followedGuests(
  options: GuestOptions & { readonly scenario: `0x${string}` },
  { signal, logger }: Pick<Context, 'signal' | 'logger'>,
): Promise<GuestList> {
  const { rpc: rpcUrl, chainId, scenario } = options
  // Only here: a list in a file needs no chain.
  const { connectChain, createRegistry } = await import('@fednode/contracts')
  const reader = await unlessStopped(signal, () =>
    connectChain({ rpcUrl, ...(chainId === undefined ? {} : { chainId }) }),
  )
  try {
    const registry = await unlessStopped(signal, () => createRegistry({ reader, scenario, logger }))
    return { isMember: registry.isMember, close: reader.close }
  } catch (error) {
    await reader.close()
    throw error
  }
}

async function readList(file: string): Promise<string> {
  try {
    const text = await readFile(file, 'utf8')
    if (text.length <= MAX_LIST_BYTES) return text
  } catch (cause) {
    throw new UserError('data', `${file}: the list of members cannot be read`, {
      code: 'NO_MEMBERS_FILE',
      hint: 'Write a file with the peer id of a member a line (fednode init prints it).',
      cause,
    })
  }
  throw badList(`${file}: more than ${MAX_LIST_BYTES} bytes`)
}

function parseList(text: string, file: string): readonly PeerIdText[] {
  const lines = text.split('\n').map((line) => line.trim())
  const peers = lines.flatMap((line, index) => {
    if (line === '' || line.startsWith('#')) return []
    if (isPeerId(line)) return [line]
    throw badList(`${file}, line ${index + 1}: "${line.slice(0, 80)}" is no peer id`)
  })
  if (peers.length > 0) return peers
  throw badList(`${file} lists nobody`)
}

function badList(message: string): UserError {
  return new UserError('data', message, {
    code: 'BAD_MEMBERS_FILE',
    hint: 'A peer id a line, such as 12D3KooW…; lines that begin with # are skipped.',
  })
}
