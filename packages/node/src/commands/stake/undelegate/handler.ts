import {
  type DelegationState,
  formatAmount,
  parseAmount,
  readDelegation,
  undelegate,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { momentText } from '../../../framework/moment-text.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { placeData, placeOf, type StakePlace } from '../stake-place.ts'
import type { undelegateArguments, undelegateOptions } from './options.ts'

type Args = ArgsOf<typeof undelegateArguments> & ArgsOf<typeof undelegateOptions>
type Options = Resolved<Args> & { readonly wei: bigint | undefined }

export function init(args: Args, context: Context): Options {
  return {
    ...withDirectory(args, context),
    wei: args.amount === undefined ? undefined : parseAmount(args.amount),
  }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, network) => {
    const place = placeOf(network, options, options.operator)
    const held = await readDelegation(account, { ...place, delegator: account.address })
    const shares = sharesFor(held, options.wei)
    const amount = options.wei ?? held.tokens
    return askThenAct(account, undoing(place, { shares, amount }), { options, context })
  })
}

/** Shares that are worth so many tokens, rounded up: whoever asks for 50 gets 50. @throws {UserError} NOT_DELEGATED (usage). */
function sharesFor({ shares, tokens, pending }: DelegationState, wei: bigint | undefined): bigint {
  if (shares > 0n && wei === undefined) return shares
  if (wei === undefined || tokens === 0n || wei > tokens) {
    throw new UserError('usage', `${formatAmount(tokens)} are delegated there and active`, {
      code: 'NOT_DELEGATED',
      ...(pending === 0n
        ? {}
        : { hint: 'fednode stake delegate --cancel  takes back what is not active.' }),
    })
  }
  const wanted = (wei * shares + tokens - 1n) / tokens
  return wanted > shares ? shares : wanted
}

function undoing(
  place: StakePlace,
  { shares, amount }: { readonly shares: bigint; readonly amount: bigint },
): Deed {
  const { stakeManager, position, asset, words, flags, unit } = place
  const data = { ...placeData(place), shares, amount }
  const lines = [
    `start to take ${amountText(amount)} ${unit} out of ${position.operator}, ${words}`,
    '  it earns nothing from now on, and can be slashed until it is paid',
  ]
  return {
    foretold: { data, text: lines.join('\n') },
    question: 'Take it out?',
    async act(account) {
      const mined = await undelegate(account, { stakeManager, position, shares, asset })
      const { readyAt } = mined
      const text = `${amountText(mined.amount)} ${unit} can be withdrawn from ${momentText(BigInt(readyAt))}\nNext, then: fednode stake withdraw ${flags} --operator ${position.operator}`
      return minedOutcome({ data: { ...data, amount: mined.amount, readyAt }, text }, mined)
    },
  }
}
