import {
  activateDelegation,
  cancelDelegation,
  delegate,
  type PositionState,
  parseAmount,
  readDelegation,
  readPosition,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { momentText } from '../../../framework/moment-text.ts'
import { amountText, percentText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { placeData, placeOf, type StakePlace } from '../stake-place.ts'
import type { delegateArguments, delegateOptions } from './options.ts'

type Args = ArgsOf<typeof delegateArguments> & ArgsOf<typeof delegateOptions>
type Options = Resolved<Args> & { readonly wei: bigint | undefined }

const BPS = 10_000

export function init(args: Args, context: Context): Options {
  if (args.amount !== undefined && args.cancel) {
    throw new UserError('usage', '--cancel takes back all that is not active, it has no AMOUNT', {
      code: 'BAD_OPTION',
    })
  }
  return {
    ...withDirectory(args, context),
    wei: args.amount === undefined ? undefined : parseAmount(args.amount),
  }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, network) => {
    const place = placeOf(network, options, options.operator)
    const { pending } = await readDelegation(account, { ...place, delegator: account.address })
    const deed = await deedOf(options, { place, pending }, () => readPosition(account, place))
    return askThenAct(account, deed, { options, context })
  })
}

async function deedOf(
  { wei, cancel }: Options,
  waiting: Waiting,
  readTerms: () => Promise<PositionState | undefined>,
): Promise<Deed> {
  if (wei !== undefined) return delegation(waiting.place, wei, await readTerms())
  return cancel ? cancellation(waiting) : activation(waiting)
}

type Waiting = { readonly place: StakePlace; readonly pending: bigint }

function delegation(place: StakePlace, amount: bigint, terms: PositionState | undefined): Deed {
  const { stakeManager, position, asset, words, unit } = place
  const what = `${amountText(amount)} ${unit}`
  const commission = terms?.commission ?? 0
  const next = terms?.nextCommission
  const data = { ...placeData(place), amount, commission }
  const rise =
    next === undefined
      ? ''
      : `, ${percentText(next.bps / BPS, 2)} from ${momentText(BigInt(next.from))}`
  const lines = [
    `delegate ${what} to ${position.operator}, ${words}`,
    `  the operator keeps ${percentText(commission / BPS, 2)} of what it earns${rise}`,
    '  it is active a day later, once somebody activates it, and can then be slashed',
  ]
  return {
    foretold: { data, text: lines.join('\n') },
    question: 'Delegate?',
    async act(account) {
      const mined = await delegate(account, { stakeManager, position, amount, asset })
      const { activeFrom } = mined
      const text = `delegated ${what} to ${position.operator}; it can be activated from ${momentText(BigInt(activeFrom))}`
      return minedOutcome({ data: { ...data, activeFrom }, text }, mined)
    },
  }
}

function activation({ place, pending }: Waiting): Deed {
  const { stakeManager, position, asset, words, unit } = place
  const data = { ...placeData(place), pending }
  return {
    foretold: { data, text: `activate ${amountText(pending)} ${unit} delegated to ${words}` },
    question: 'Activate?',
    async act(account) {
      const mined = await activateDelegation(account, { stakeManager, position, asset })
      const { amount, shares } = mined
      const text = `${amountText(amount)} ${unit} are active in ${words}`
      return minedOutcome({ data: { ...data, amount, shares }, text }, mined)
    },
  }
}

function cancellation({ place, pending }: Waiting): Deed {
  const { stakeManager, position, asset, words, unit } = place
  const data = { ...placeData(place), pending }
  return {
    foretold: { data, text: `take back ${amountText(pending)} ${unit} that wait for ${words}` },
    question: 'Take back?',
    async act(account) {
      const mined = await cancelDelegation(account, { stakeManager, position, asset })
      const { amount } = mined
      return minedOutcome(
        { data: { ...data, amount }, text: `${amountText(amount)} ${unit} came back` },
        mined,
      )
    },
  }
}
