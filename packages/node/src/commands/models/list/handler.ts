import { type ModelListing, readListings } from '@fednode/contracts'
import { zeroAddress } from 'viem'
import { openNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import { withReader } from '../../market/market.ts'
import type { listOptions } from './options.ts'

type Options = ArgsOf<typeof listOptions>

/** Decimals of a price: rows are cheap. */
const PRICE_DECIMALS = 6
const BPS_PER_PERCENT = 100
const HEADINGS = ['listing', 'price', 'state', 'DAO', 'pot', 'ratings', 'mean', 'owner', 'model']
const TEXT_COLUMNS = [2, 7, 8]

export function init(args: Options): Options {
  return args
}

export async function run(options: Options): Promise<Outcome> {
  return withReader(options, async (reader) => {
    const network = await openNetwork(reader, options)
    const { market } = network.contracts
    const listings = await readListings(reader, { market })
    return {
      data: { network: network.directory.toLowerCase(), market: market.toLowerCase(), listings },
      text:
        listings.length === 0
          ? 'no models yet: fednode models publish  offers one'
          : `${textTable(HEADINGS, listings.map(cellsOf), { textColumns: TEXT_COLUMNS })}\nPrices in FDN for one row.`,
    }
  })
}

function cellsOf(found: ModelListing): readonly string[] {
  const { listing, price, open, scenario, scenarioBps, daoBps, feedback, owner, model } = found
  return [
    String(listing),
    amountText(price, PRICE_DECIMALS),
    open ? 'open' : 'closed',
    shareText(daoBps),
    scenario === zeroAddress ? '-' : shareText(scenarioBps),
    String(feedback.ratings),
    feedback.ratings === 0n ? '-' : feedback.weightedMean.toFixed(2),
    owner.toLowerCase(),
    model,
  ]
}

function shareText(bps: number): string {
  return `${bps / BPS_PER_PERCENT} %`
}
