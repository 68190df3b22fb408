import { type ChainAccount, parseAmount, readStakeParameters, stake } from '@fednode/contracts'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { durationText } from '../../../framework/duration-text.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { placeData, placeOf, type StakePlace } from '../stake-place.ts'
import type { addArguments, addOptions } from './options.ts'

type Args = ArgsOf<typeof addArguments> & ArgsOf<typeof addOptions>
type Options = Resolved<Args> & { readonly wei: bigint }

export function init(args: Args, context: Context): Options {
  return { ...withDirectory(args, context), wei: parseAmount(args.amount) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, network) => {
    const place = placeOf(network, options, account.address)
    const { stakeManager } = place
    const parameters = await readStakeParameters(account, { stakeManager })
    const thawing = parameters.find(({ name }) => name === 'thawing')?.value ?? 0
    const deed = addingOf(place, { amount: options.wei, thawing })
    return askThenAct(account, deed, { options, context })
  })
}

function addingOf(
  place: StakePlace,
  { amount, thawing }: { readonly amount: bigint; readonly thawing: number },
): Deed {
  const { stakeManager, position, asset, words, unit } = place
  const { role, task } = position
  const what = `${amountText(amount)} ${unit}`
  const data = { ...placeData(place), amount, thawing }
  const lines = [
    `stake ${what} as ${words}`,
    `  it can be slashed, and takes ${durationText(thawing)} to take out`,
    ...(role === 'training-node' ? ['  a new training node pays the registration fee, too'] : []),
  ]
  return {
    foretold: { data, text: lines.join('\n') },
    question: 'Stake?',
    async act(account: ChainAccount) {
      const mined = await stake(account, { stakeManager, role, task, amount, asset })
      const { fee } = mined
      const paid = fee === 0n ? '' : `, and paid ${amountText(fee)} FDN to register`
      return minedOutcome(
        { data: { ...data, fee }, text: `staked ${what} as ${words}${paid}` },
        mined,
      )
    },
  }
}
