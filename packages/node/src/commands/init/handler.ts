import { access, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { stringify } from 'yaml'
import type { Config } from '../../config/config-schema.ts'
import { CONFIG_FILE } from '../../config/load-config.ts'
import type { Outcome } from '../../framework/command.ts'
import type { Context } from '../../framework/context.ts'
import type { ArgsOf } from '../../framework/option.ts'
import { createIdentity } from '../../identity/create-identity.ts'
import type { initOptions } from './options.ts'

type Options = {
  readonly directory: string
  /** As the user wrote it, for the next command. */
  readonly dir: string
  readonly role: NonNullable<Config['role']>
  readonly config: Config
}

export function init(args: ArgsOf<typeof initOptions>, context: Context): Options {
  const { dir, role, rpc, chainId, orchestrator, currency } = args
  return {
    directory: path.resolve(context.cwd, dir),
    dir,
    role,
    config: {
      role,
      rpc,
      ...(chainId === undefined ? {} : { chainId }),
      ...(orchestrator === undefined ? {} : { orchestrator }),
      ...(currency === undefined ? {} : { currency }),
    },
  }
}

export async function run(options: Options): Promise<Outcome> {
  const { directory, dir, role, config } = options
  const { identity, created } = await createIdentity(directory)
  const wroteConfig = await writeConfig(directory, config)
  const { peerId } = identity.peerKey
  const text = [
    `${role} in ${dir}`,
    '',
    `  peer      ${peerId}`,
    `  account   ${identity.account}`,
    `  keys      ${keysLine(created)}`,
    `  config    ${wroteConfig ? 'written' : 'was there, kept'}: ${path.join(dir, CONFIG_FILE)}`,
    '',
    `Back up both key files: whoever has them is this participant.`,
    `Next: ${NEXT[role](dir)}`,
  ]
  return {
    data: { role, directory, peerId, account: identity.account, created, wroteConfig },
    text: text.join('\n'),
  }
}

const NEXT: Record<Options['role'], (dir: string) => string> = {
  silo: (dir) => `fednode join SCENARIO --data FILE --name NAME --dir ${dir}`,
  aggregator: (dir) => `fednode federation create federation.yaml --dir ${dir}`,
  investor: (dir) => `fednode market price SCENARIO --dir ${dir}`,
}

function keysLine(created: readonly string[]): string {
  if (created.length === 0) return 'were there, kept (peer.key, account.key)'
  return `made ${created.join(', ')} (readable by you only)`
}

/** A configuration that is there belongs to its owner. */
async function writeConfig(directory: string, config: Config): Promise<boolean> {
  const file = path.join(directory, CONFIG_FILE)
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (isThere) return false
  const header = '# fednode: flags and FEDNODE_* variables win over what is written here.\n'
  await writeFile(file, header + stringify(config), { flag: 'wx', mode: 0o600 })
  return true
}
