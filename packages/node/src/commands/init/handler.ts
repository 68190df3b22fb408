import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '@fednode/protocol'
import { stringify } from 'yaml'
import type { Config } from '../../config/config-schema.ts'
import { CONFIG_FILE } from '../../config/load-config.ts'
import type { Outcome } from '../../framework/command.ts'
import type { Context } from '../../framework/context.ts'
import type { ArgsOf } from '../../framework/option.ts'
import { addressOf } from '../../identity/account-source.ts'
import { createIdentity, createKeys, exists } from '../../identity/create-identity.ts'
import { createKeystore } from '../../identity/create-keystore.ts'
import { ACCOUNT_KEY_FILE, PEER_KEY_FILE } from '../../identity/identity.ts'
import { loadPeerKey } from '../../identity/load-identity.ts'
import type { Role } from '../../options/roles.ts'
import type { initOptions } from './options.ts'

type Options = {
  readonly directory: string
  /** As the user wrote it, for the next command. */
  readonly dir: string
  readonly role: NonNullable<Config['role']>
  readonly config: Config
  /** Absolute; undefined: the key is in account.key, in clear. */
  readonly keystore: string | undefined
  readonly passwordFile: string | undefined
}

/** The keys of one participant, and which of their files are new. */
type Keys = {
  readonly peerId: string
  readonly account: `0x${string}`
  readonly created: readonly string[]
  readonly files: readonly string[]
}

export function init(args: ArgsOf<typeof initOptions>, context: Context): Options {
  const { dir, role, rpc, chainId, orchestrator, currency, passwordFile } = args
  const { cwd } = context
  const keystore = args.keystore === undefined ? undefined : path.resolve(cwd, args.keystore)
  return {
    directory: path.resolve(cwd, dir),
    dir,
    role,
    keystore,
    passwordFile: passwordFile === undefined ? undefined : path.resolve(cwd, passwordFile),
    config: {
      role,
      rpc,
      ...(chainId === undefined ? {} : { chainId }),
      ...(orchestrator === undefined ? {} : { orchestrator }),
      ...(currency === undefined ? {} : { currency }),
      ...(keystore === undefined ? {} : { keystore }),
    },
  }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { directory, dir, role, config } = options
  const { peerId, account, created, files } = await makeKeys(options, context)
  const wroteConfig = await writeConfig(directory, config)
  const text = [
    `${role} in ${dir}`,
    '',
    `  peer      ${peerId}`,
    `  account   ${account}`,
    `  keys      ${keysLine(created, files)}`,
    `  config    ${configLine(options, wroteConfig)}`,
    '',
    options.keystore === undefined
      ? 'Back up both key files: whoever has them is this participant.'
      : 'Back up both key files, and the password elsewhere: without it the account is lost.',
    `Next: ${NEXT[role](dir)}`,
  ]
  return {
    data: { role, directory, peerId, account, created, wroteConfig },
    text: text.join('\n'),
  }
}

async function makeKeys(options: Options, context: Context): Promise<Keys> {
  const { directory, keystore, passwordFile } = options
  if (keystore === undefined) {
    const { identity, created } = await createIdentity(directory)
    const { peerKey, account } = identity
    return { peerId: peerKey.peerId, account, created, files: [PEER_KEY_FILE, ACCOUNT_KEY_FILE] }
  }
  await refuseTwoAccounts(directory)
  const created = await createKeys(directory, [PEER_KEY_FILE])
  const { peerId } = await loadPeerKey(directory)
  const files = [PEER_KEY_FILE, keystore]
  if (await exists(keystore)) {
    const account = await addressOf(
      { directory, keystore, signer: undefined, account: undefined },
      directory,
    )
    return { peerId, account, created, files }
  }
  const account = await createKeystore(keystore, passwordFile, context)
  return { peerId, account, created: [...created, keystore], files }
}

/** A key in clear beside an encrypted one is either forgotten or another account. */
async function refuseTwoAccounts(directory: string): Promise<void> {
  const file = path.join(directory, ACCOUNT_KEY_FILE)
  if (!(await exists(file))) return
  throw new UserError('usage', `${file}: this directory has an account already, in clear`, {
    code: 'ACCOUNT_EXISTS',
    hint: 'Give another --dir, or none of --keystore.',
  })
}

const NEXT: Record<Options['role'], (dir: string) => string> = {
  silo: (dir) => `fednode join SCENARIO --data FILE --name NAME --dir ${dir}`,
  validator: (dir) =>
    `fednode join SCENARIO-OR-TASK --role validator --data FILE --name NAME --dir ${dir}`,
  alliance: (dir) => networkNext(dir, { federation: 'NUMBER', role: 'alliance' }),
  'arena-node': (dir) => networkNext(dir, { federation: 'TASK', role: 'arena-node' }),
  'arena-validator': (dir) => networkNext(dir, { federation: 'TASK', role: 'arena-validator' }),
  aggregator: (dir) => `fednode federation create federation.yaml --dir ${dir}`,
  investor: (dir) => `fednode market price SCENARIO --dir ${dir}`,
}

function networkNext(
  dir: string,
  { federation, role }: { readonly federation: string; readonly role: Role },
): string {
  return `fednode join ${federation} --role ${role} --manifest FILE --data FILE --name NAME --stake AMOUNT --dir ${dir}`
}

function keysLine(created: readonly string[], files: readonly string[]): string {
  if (created.length === 0) return `were there, kept (${files.join(', ')})`
  return `made ${created.join(', ')} (readable by you only)`
}

function configLine({ dir, keystore }: Options, isNew: boolean): string {
  const file = path.join(dir, CONFIG_FILE)
  if (isNew) return `written: ${file}`
  const todo = keystore === undefined ? '' : `; it should say  keystore: ${keystore}`
  return `was there, kept: ${file}${todo}`
}

/** A configuration that is there belongs to its owner. */
async function writeConfig(directory: string, config: Config): Promise<boolean> {
  const file = path.join(directory, CONFIG_FILE)
  if (await exists(file)) return false
  const header = '# fednode: flags and FEDNODE_* variables win over what is written here.\n'
  await writeFile(file, header + stringify(config), { flag: 'wx', mode: 0o600 })
  return true
}
