import { type Voucher, voucherSigner } from '@fednode/contracts'
import type { Features } from '@fednode/engine'
import { type Asker, FedError, UserError } from '@fednode/protocol'
import type { GivenVouchers, Promised } from './given-vouchers.ts'
import type { SaleChain } from './sale-chain.ts'
import type { SalePlace } from './sale-database.ts'
import { encodeRows } from './sale-rows.ts'
import { decodeAnswer, encodeRequest, type SaleAnswer, type SaleRefusal } from './sale-wire.ts'

/** How often one batch is asked for again after the provider has shown what it misses. */
const MAX_TRIES = 3
const DOUBLE_BYTES = 8

/** A buyer and the provider that it asks. */
export type BuyerDeps = {
  readonly place: SalePlace
  readonly listing: bigint
  readonly buyer: `0x${string}`
  readonly given: GivenVouchers
  readonly chain: Pick<SaleChain, 'terms'>
  readonly asker: Pick<Asker, 'ask'>
  sign(voucher: Omit<Voucher, 'buyer'>): Promise<`0x${string}`>
  onBatch(done: { readonly rows: number; readonly paid: bigint }): void
}

/** What is bought. */
export type Purchase = {
  readonly rows: Features
  /** Rows of one request. */
  readonly batch: number
  /** Numbers that the model gives for each row. */
  readonly width: number
  /** wei for one row, as the chain says. */
  readonly price: bigint
  /** All that may be signed for in this run; wei. */
  readonly max: bigint
}

/** What came of it. */
export type Bought = {
  /** For the first `rows` rows. */
  readonly values: Float64Array
  readonly rows: number
  /** wei that were signed for and answered. */
  readonly paid: bigint
  /** Why not all rows were answered. */
  readonly failure?: FedError
}

/**
 * Buys predictions batch by batch: a voucher for each, the next only after the answer, so that a provider which does not answer has
 * one batch at most. Every signature counts against `max`. Whatever was answered is given back, also when the rest failed.
 */
export async function useModel(deps: BuyerDeps, purchase: Purchase): Promise<Bought> {
  const { rows, batch, width } = purchase
  const values = new Float64Array(rows.count * width)
  const budget = { left: purchase.max }
  let paid = 0n
  for (let from = 0; from < rows.count; from += batch) {
    const to = Math.min(from + batch, rows.count)
    try {
      values.set(await buyBatch(deps, purchase, { from, to, budget }), from * width)
    } catch (failure) {
      if (!(failure instanceof FedError)) throw failure
      return { values: values.slice(0, from * width), rows: from, paid, failure }
    }
    paid += purchase.price * BigInt(to - from)
    deps.onBatch({ rows: to, paid })
  }
  return { values, rows: rows.count, paid }
}

type Batch = { readonly from: number; readonly to: number; readonly budget: { left: bigint } }

async function buyBatch(
  deps: BuyerDeps,
  { rows, width, price }: Purchase,
  { from, to, budget }: Batch,
): Promise<Float64Array> {
  const count = to - from
  const cost = price * BigInt(count)
  const wire = encodeRows(rows, from, to)
  for (let tries = 1; ; tries++) {
    const { epoch, open } = await deps.chain.terms(deps.listing)
    if (!open) throw refusal('LISTING_CLOSED')
    if (budget.left < cost) throw tooDear()
    budget.left -= cost
    const base = deps.given.answered(epoch)
    const promised = { uses: base.uses + count, amount: base.amount + cost }
    const answer = await askFor(deps, { epoch, ...promised }, wire)
    if (answer.kind === 'predictions') {
      // First what was promised: a wrong answer was paid for all the same.
      deps.given.noteAnswered(epoch, promised)
      return valuesIn(answer.values, count * width)
    }
    const code = answer.kind === 'refused' ? answer.code : 'BAD_REQUEST'
    if (tries >= MAX_TRIES || !(await catchUp(deps, epoch, answer))) throw refusal(code)
  }
}

async function askFor(
  { listing, buyer, sign, asker }: BuyerDeps,
  promised: Promised & { readonly epoch: number },
  wire: ReturnType<typeof encodeRows>,
): Promise<SaleAnswer> {
  const signature = (await sign({ listing, ...promised })).toLowerCase() as `0x${string}`
  const voucher = { buyer, ...promised, signature }
  const answer = decodeAnswer(
    await asker.ask(encodeRequest({ kind: 'predict', listing, voucher, ...wire })),
  )
  if (answer === undefined) throw badAnswer('its answer has no form that fednode knows')
  return answer
}

/** Whether asking again may help: the epoch is another one now, or the provider proves a promise that we do not remember. */
async function catchUp(deps: BuyerDeps, epoch: number, answer: SaleAnswer): Promise<boolean> {
  if (answer.kind !== 'refused') return false
  if (answer.code === 'OTHER_EPOCH') return true
  const { last } = answer
  if (answer.code !== 'PAID_TOO_LITTLE' || last === undefined) return false
  const { signature, ...promised } = last
  const { place, listing, buyer, given } = deps
  const signer = await voucherSigner(place, { buyer, listing, epoch, ...promised }, signature)
  if (signer?.toLowerCase() !== buyer.toLowerCase()) return false
  if (promised.amount <= given.answered(epoch).amount) return false
  given.noteAnswered(epoch, promised)
  return true
}

function valuesIn(bytes: Uint8Array, count: number): Float64Array {
  if (bytes.length !== count * DOUBLE_BYTES) throw badAnswer('it has another number of predictions')
  // A copy: doubles have to be aligned.
  const values = new Float64Array(Uint8Array.from(bytes).buffer)
  if (values.every(Number.isFinite)) return values
  throw badAnswer('a prediction is not a finite number')
}

const WORDS: Readonly<Record<SaleRefusal, readonly [message: string, hint: string]>> = {
  BAD_REQUEST: ['it does not understand the request', 'Use the fednode that it uses.'],
  OTHER_LISTING: ['it serves another listing', 'Ask its owner for the address of this one.'],
  LISTING_CLOSED: ['the listing is closed', 'fednode models list  shows those that are open.'],
  BAD_ROWS: ['its model cannot read these rows', 'Its owner may have changed the model.'],
  BAD_VOUCHER: [
    'the voucher is not for its market on its chain, or not signed by this account',
    'Check --rpc and --network.',
  ],
  OTHER_EPOCH: ['the voucher is of another epoch', 'Check that --rpc is up to date.'],
  PAID_TOO_LITTLE: ['the voucher pays too little', 'The price may have changed: try again.'],
  BALANCE_TOO_SMALL: [
    'the prepaid balance does not cover the voucher',
    'fednode models buy AMOUNT  pays in.',
  ],
  UNREDEEMABLE: ['it could not redeem the voucher', 'Check --rpc and --network.'],
  BUSY: ['it cannot ask the chain now', 'Try again later.'],
}

/** What a provider's refusal means. */
export function refusal(code: SaleRefusal): UserError {
  const [message, hint] = WORDS[code]
  return new UserError('refused', `the provider refuses: ${message}`, { code, hint })
}

function tooDear(): UserError {
  return new UserError('refused', 'another voucher would say more than --max in all', {
    code: 'TOO_DEAR',
    hint: 'Give a larger --max.',
  })
}

/** What the provider said cannot be used. */
export function badAnswer(what: string): UserError {
  return new UserError('network', `the provider's answer is refused: ${what}`, {
    code: 'BAD_ANSWER',
    hint: 'Nothing more is paid. Ask another provider.',
  })
}
