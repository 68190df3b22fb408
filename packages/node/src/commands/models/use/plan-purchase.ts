import { tmpdir } from 'node:os'
import { type ChainAccount, formatAmount } from '@fednode/contracts'
import { type Features, loadFeatures } from '@fednode/engine'
import { type Asker, decodeManifest, FedError, type Manifest, UserError } from '@fednode/protocol'
import { ownAddress } from '../../../chain/own-address.ts'
import { checkColumns } from '../../../sale/check-columns.ts'
import { checkProvider } from '../../../sale/check-provider.ts'
import { predictionWidth } from '../../../sale/prediction-width.ts'
import { createSaleChain, type SaleChain } from '../../../sale/sale-chain.ts'
import { batchRows } from '../../../sale/sale-rows.ts'
import { decodeAnswer, encodeRequest } from '../../../sale/sale-wire.ts'
import { badAnswer, refusal } from '../../../sale/use-model.ts'

/** What would be bought. */
export type PlannedPurchase = {
  readonly listing: bigint
  readonly chain: SaleChain
  readonly asker: Asker
  /** As the provider tells it, with the scales of its model. */
  readonly manifest: Manifest
  readonly rows: Features
  readonly rowNumbers: Uint32Array
  readonly batch: number
  readonly width: number
  readonly price: bigint
  readonly spendable: bigint
}

/** Features of one purchase, in memory. */
const MAX_BOUGHT_BYTES = 1_073_741_824

/**
 * Reads the listing, asks the provider how its model reads rows, and reads the rows; nothing of them leaves.
 * @throws {UserError} UNKNOWN_LISTING, TOO_MANY_ROWS, ROW_TOO_LARGE (usage); LISTING_CLOSED, NOT_OWNERS_NODE, MODEL_MISMATCH,
 * OTHER_COLUMNS, TOO_DEAR, BALANCE_TOO_SMALL (refused); BAD_ANSWER.
 */
export async function planPurchase(
  asked: {
    readonly listing: bigint
    readonly source: string
    readonly batch: number
    readonly max: bigint
    readonly columns?: readonly string[] | undefined
  },
  by: {
    readonly account: ChainAccount
    readonly market: `0x${string}`
    readonly asker: Asker
    /** Unix ms. */
    readonly now: number
  },
): Promise<PlannedPurchase> {
  const { listing, source, max } = asked
  const { account, market, asker, now } = by
  const chain = createSaleChain(account, market)
  const { model, owner, price, open } = await chain.terms(listing)
  if (!open)
    throw refused(
      'LISTING_CLOSED',
      `listing ${listing} is closed`,
      'fednode models list  shows those that are open.',
    )
  const place = { chainId: account.chainId, market }
  const manifest = await manifestOf(asker, { listing, model, place, owner, now })
  checkColumns(manifest.data, asked.columns)
  const { rows, rowNumbers } = await rowsInMemory(source, manifest)
  const spendable = await chain.spendable(ownAddress(account))
  requireMoney({ cost: price * BigInt(rows.count), max, spendable })
  const batch = Math.min(asked.batch, batchRows(rows, manifest.data))
  if (batch === 0) {
    const hint = 'Ask the owner for the model itself.'
    throw new UserError('usage', 'one row is more than a request carries', {
      code: 'ROW_TOO_LARGE',
      hint,
    })
  }
  const width = predictionWidth(manifest.data)
  return { listing, chain, asker, manifest, rows, rowNumbers, batch, width, price, spendable }
}

/** A purchase keeps its rows: what it sends again after a lost answer has to be the same. */
async function rowsInMemory(source: string, { data }: Manifest) {
  const { rows, rowNumbers } = await loadFeatures(source, data, {
    memoryBytes: MAX_BOUGHT_BYTES,
    directory: tmpdir(),
  })
  if ('features' in rows) return { rows, rowNumbers }
  rows.file.close()
  throw new UserError('usage', `${rows.count} rows are more than one purchase takes`, {
    code: 'TOO_MANY_ROWS',
    hint: 'Split the file, and buy in parts.',
  })
}

async function manifestOf(
  asker: Asker,
  asked: Omit<Parameters<typeof checkProvider>[1], 'peer'> & { readonly model: `0x${string}` },
): Promise<Manifest> {
  const { listing, model } = asked
  const answer = decodeAnswer(await asker.ask(encodeRequest({ kind: 'terms', listing })))
  if (answer?.kind === 'refused' && answer.code === 'OTHER_LISTING') {
    throw refused(
      'OTHER_LISTING',
      `this provider does not serve listing ${listing}`,
      'Ask its owner for the address.',
    )
  }
  if (answer?.kind === 'refused' && answer.code === 'BUSY') throw refusal('BUSY')
  if (answer?.kind !== 'terms') throw badAnswer('it does not tell how its model reads rows')
  await checkProvider(answer.proof, { ...asked, peer: asker.peer })
  if (answer.model !== model) {
    throw refused(
      'MODEL_MISMATCH',
      `the provider serves model ${answer.model}, listing ${listing} is of ${model}`,
      'Nothing was sent or paid. Ask another provider, or the owner.',
    )
  }
  try {
    return decodeManifest(answer.manifest)
  } catch (error) {
    if (error instanceof FedError) throw badAnswer('its manifest is none')
    throw error
  }
}

function requireMoney(of: {
  readonly cost: bigint
  readonly max: bigint
  readonly spendable: bigint
}): void {
  const { cost, max, spendable } = of
  if (cost > max) {
    throw refused(
      'TOO_DEAR',
      `all rows cost ${formatAmount(cost)} FDN, --max is ${formatAmount(max)}`,
      'Give a larger --max, or fewer rows.',
    )
  }
  if (cost > spendable) {
    throw refused(
      'BALANCE_TOO_SMALL',
      `all rows cost ${formatAmount(cost)} FDN, the prepaid balance is ${formatAmount(spendable)}`,
      'fednode models buy AMOUNT  pays in.',
    )
  }
}

function refused(code: string, message: string, hint: string): UserError {
  return new UserError('refused', message, { code, hint })
}
