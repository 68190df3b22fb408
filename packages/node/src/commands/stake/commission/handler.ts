import { setCommission } from '@fednode/contracts'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { momentText } from '../../../framework/moment-text.ts'
import { percentText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { placeOf, type StakePlace } from '../stake-place.ts'
import type { commissionArguments, commissionOptions } from './options.ts'

type Args = ArgsOf<typeof commissionArguments> & ArgsOf<typeof commissionOptions>
type Options = Resolved<Args>

const BPS = 10_000

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, (account, network) => {
    const place = placeOf(network, { ...options, locked: false }, account.address)
    return askThenAct(account, settingOf(place, options.bps), { options, context })
  })
}

function settingOf(place: StakePlace, bps: number): Deed {
  const { stakeManager, position, words } = place
  const { operator, role, task } = position
  const share = percentText(bps / BPS, 2)
  const data = { operator: operator.toLowerCase(), role, task, position: words, bps }
  return {
    foretold: {
      data,
      text: `keep ${share} of what delegators of ${words} earn\n  less holds at once, more after a notice and once in 30 days`,
    },
    question: 'Set it?',
    async act(account) {
      const mined = await setCommission(account, { stakeManager, position, bps })
      const { from } = mined
      const text = `${words} keeps ${share} from ${momentText(BigInt(from))}`
      return minedOutcome({ data: { ...data, from }, text }, mined)
    },
  }
}
