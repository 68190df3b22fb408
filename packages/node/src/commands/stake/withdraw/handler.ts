import {
  type ChainAccount,
  ChainError,
  claimStake,
  parseAmount,
  readEarned,
  readThaws,
  unstake,
  withdrawStake,
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
import type { withdrawArguments, withdrawOptions } from './options.ts'

type Args = ArgsOf<typeof withdrawArguments> & ArgsOf<typeof withdrawOptions>
type Options = Resolved<Args> & { readonly wei: bigint | undefined }

export function init(args: Args, context: Context): Options {
  const { amount, operator, earned } = args
  if (amount !== undefined && (operator !== undefined || earned)) {
    throw new UserError('usage', 'AMOUNT is of the own stake, and nothing is paid yet', {
      code: 'BAD_OPTION',
      hint: 'Leave out AMOUNT to be paid; fednode stake undelegate  takes a delegation out.',
    })
  }
  return {
    ...withDirectory(args, context),
    wei: amount === undefined ? undefined : parseAmount(amount),
  }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { wei, operator, earned } = options
  return inNetwork(options, context, async (account, network) => {
    const place = placeOf(network, options, operator ?? account.address)
    const deed = wei === undefined ? await payment(account, place, earned) : thawingOf(place, wei)
    return askThenAct(account, deed, { options, context })
  })
}

function thawingOf(place: StakePlace, amount: bigint): Deed {
  const { stakeManager, position, asset, words, flags, unit } = place
  const { role, task } = position
  const what = `${amountText(amount)} ${unit}`
  const data = { ...placeData(place), amount }
  return {
    foretold: {
      data,
      text: `start to take ${what} out of ${words}\n  it can be slashed until it is paid`,
    },
    question: 'Take it out?',
    async act(account) {
      const mined = await unstake(account, { stakeManager, role, task, amount, asset })
      const { readyAt } = mined
      const text = `${what} of ${words} can be withdrawn from ${momentText(BigInt(readyAt))}\nNext, then: fednode stake withdraw ${flags}`
      return minedOutcome({ data: { ...data, readyAt }, text }, mined)
    },
  }
}

async function payment(account: ChainAccount, place: StakePlace, earned: boolean): Promise<Deed> {
  const { stakeManager, position, asset, words, unit } = place
  const { address: owner } = account
  const [thaws, due] = await Promise.all([
    readThaws(account, { stakeManager, position, asset, owner }),
    earned ? readEarned(account, { stakeManager, owner }) : 0n,
  ])
  const sum = thaws.reduce((total, { tokens }) => total + tokens, 0n)
  const data = { ...placeData(place), thawing: sum, earned: due }
  return {
    foretold: { data, text: paymentText({ sum, due, unit, words }) },
    question: 'Withdraw?',
    act: (by) => pay(by, place, due > 0n),
  }
}

function paymentText(about: {
  readonly sum: bigint
  readonly due: bigint
  readonly unit: string
  readonly words: string
}): string {
  const { sum, due, unit, words } = about
  const lines = [
    `withdraw what has thawed of ${amountText(sum)} ${unit} from ${words}`,
    ...(due === 0n ? [] : [`  and ${amountText(due)} FDN that were earned`]),
  ]
  return lines.join('\n')
}

type Claimed = Awaited<ReturnType<typeof claimStake>>
type Withdrawn = Awaited<ReturnType<typeof withdrawStake>>

/** No stake can be paid. */
const NO_STAKE = ['NOTHING_THAWED', 'POSITION_HELD']

/** What was earned first: it is paid, and said to be, whether or not there is stake to pay. */
async function pay(account: ChainAccount, place: StakePlace, earned: boolean): Promise<Outcome> {
  if (!earned) return withdrawnOutcome(place, await withdrawStake(account, place))
  const claimed = await claimStake(account, place)
  try {
    return withdrawnOutcome(place, await withdrawStake(account, place), claimed)
  } catch (error) {
    if (!(error instanceof ChainError) || !NO_STAKE.includes(error.code)) throw error
    const data = { ...placeData(place), amount: 0n, earned: claimed.amount, fee: claimed.fee }
    return minedOutcome({ data, text: claimedText(claimed) }, claimed)
  }
}

function withdrawnOutcome(place: StakePlace, mined: Withdrawn, claimed?: Claimed): Outcome {
  const { amount, requests } = mined
  const data = { ...placeData(place), amount, requests, earned: claimed?.amount ?? 0n }
  const lines = [
    ...(claimed === undefined ? [] : [claimedText(claimed)]),
    `withdrew ${amountText(amount)} ${place.unit} from ${place.words}`,
  ]
  return minedOutcome({ data, text: lines.join('\n') }, mined)
}

function claimedText({ amount }: Claimed): string {
  return `collected ${amountText(amount)} FDN that were earned`
}
