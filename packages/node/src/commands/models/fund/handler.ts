import {
  type ChainAccount,
  formatAmount,
  fundScenario,
  type Mined,
  type ModelListing,
  readListing,
  readNextRound,
  returnPot,
  shareRevenue,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { zeroAddress } from 'viem'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { unknownListing } from '../../../sale/sale-chain.ts'
import type { fundArguments, fundOptions } from './options.ts'

type Args = ArgsOf<typeof fundArguments> & ArgsOf<typeof fundOptions>
type Options = Resolved<Args>
/** Where the pot goes; without a `round`, to the listing's owner. */
type Payment = { readonly amount: bigint; readonly round: number | undefined }

const BPS = 10_000n

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

/** @throws {UserError} usage: UNKNOWN_LISTING; refused: NO_POT. */
export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, { contracts: { market } }) => {
    const listing = BigInt(options.listing)
    const found = await readListing(account, { market, listing })
    if (found === undefined) throw unknownListing(listing)
    // As the contract rounds it.
    const amount = found.pot + (found.accrued * BigInt(found.scenarioBps)) / BPS
    if (amount === 0n) throw noPot(found)
    const round = await readNextRound(account, found)
    return askThenAct(account, funding(market, found, { amount, round }), { options, context })
  })
}

function funding(market: `0x${string}`, found: ModelListing, planned: Payment): Deed {
  const { accrued: shared } = found
  const first =
    shared === 0n
      ? ''
      : `\n  ${formatAmount(shared)} FDN of sales are first shared out among the owner, the DAO and the Scenario`
  return {
    foretold: {
      data: dataOf(found, planned),
      text: `${words(found, planned, ['pay', 'credit'])}${first}`,
    },
    question: 'Pay it?',
    async act(account) {
      const { hash, gasUsed, ...paid } = await pay(account, market, { found, planned })
      const text = words(found, paid, ['paid', 'credited'])
      return minedOutcome({ data: dataOf(found, paid), text }, { hash, gasUsed })
    },
  }
}

/** @returns the last of its transactions, with the gas of both. */
async function pay(
  account: ChainAccount,
  market: `0x${string}`,
  { found, planned }: { readonly found: ModelListing; readonly planned: Payment },
): Promise<Pick<Mined, 'hash' | 'gasUsed'> & Payment> {
  const place = { market, listing: found.listing }
  const shared = found.accrued === 0n ? undefined : await shareRevenue(account, place)
  const { hash, gasUsed, ...paid } =
    planned.round === undefined
      ? { ...(await returnPot(account, place)), round: undefined }
      : await fundScenario(account, place)
  return { hash, gasUsed: gasUsed + (shared?.gasUsed ?? 0n), ...paid }
}

function dataOf({ listing, scenario, owner, accrued }: ModelListing, payment: Payment): object {
  const { amount, round } = payment
  const to = round === undefined ? { to: 'owner', owner: owner.toLowerCase() } : { to: 'scenario' }
  const next = round === undefined ? {} : { round }
  return { listing, scenario: scenario.toLowerCase(), ...to, ...next, amount, shared: accrued }
}

function words(
  { scenario, owner }: ModelListing,
  { amount, round }: Payment,
  [pay, credit]: readonly [string, string],
): string {
  const sum = `${formatAmount(amount)} FDN`
  if (round !== undefined) return `${pay} ${sum} into round ${round} of Scenario ${scenario}`
  return `Scenario ${scenario} has no round to come\n${credit} ${sum} to the listing's owner ${owner}, whom  fednode models redeem  pays`
}

function noPot({ listing, scenario }: ModelListing): UserError {
  return new UserError('refused', `no revenue of listing ${listing} waits for a Scenario`, {
    code: 'NO_POT',
    hint:
      scenario === zeroAddress
        ? 'It gives no Scenario a part: fednode models publish --pot 0xSCENARIO --pot-bps BPS  lists a model that does.'
        : 'There is some once vouchers were redeemed: fednode models redeem.',
  })
}
