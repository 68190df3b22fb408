import { LOCAL_CHAIN_ID } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { signRounds } from '../../../beacon/sign-rounds.ts'
import { connectAs } from '../../../chain/connect-as.ts'
import { localBeaconSigner } from '../../../chain/local-network.ts'
import { openNetwork } from '../../../chain/open-network.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import type { beaconRunOptions } from './options.ts'

type Args = ArgsOf<typeof beaconRunOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

/** @throws {UserError} BEACON_NOT_LOCAL (usage): elsewhere a group signs, and nobody has its key. */
export async function run(options: Options, context: Context): Promise<undefined> {
  const account = await connectAs(options, context)
  try {
    if (account.chainId !== LOCAL_CHAIN_ID) throw notLocal(account.chainId)
    const { contracts } = await openNetwork(account, options)
    context.stderr.write(`Signing rounds of the beacon ${contracts.beacon}\n`)
    await signRounds(account, {
      beacon: contracts.beacon,
      signer: localBeaconSigner(),
      signal: context.signal,
      logger: context.logger.child({ part: 'beacon' }),
      onRound: ({ round, seed }) => context.emit({ type: 'proven', round: String(round), seed }),
    })
  } finally {
    await account.close()
  }
  return undefined
}

function notLocal(chainId: number): UserError {
  return new UserError(
    'usage',
    `the beacon of a network on chain ${chainId} is signed by its group, not by one process`,
    {
      code: 'BEACON_NOT_LOCAL',
      hint: 'Anybody may bring the signatures that the group publishes.',
    },
  )
}
