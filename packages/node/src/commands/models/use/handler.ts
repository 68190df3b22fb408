import path from 'node:path'
import { type ChainAccount, parseAmount, signVoucher } from '@fednode/contracts'
import { readColumn } from '@fednode/engine'
import { createAsker, UserError } from '@fednode/protocol'
import { inNetwork } from '../../../chain/open-network.ts'
import { ownAddress } from '../../../chain/own-address.ts'
import { cleanText } from '../../../framework/clean-line.ts'
import type { Outcome } from '../../../framework/command.ts'
import { confirm } from '../../../framework/confirm.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { checkResultFile } from '../../../model/check-result-file.ts'
import { predictionFormat } from '../../../model/prediction-format.ts'
import { predictionTable } from '../../../model/prediction-table.ts'
import { type PredictionFormat, writePredictions } from '../../../model/write-predictions.ts'
import { dataSource } from '../../../plan/data-source.ts'
import { createGivenVouchers } from '../../../sale/given-vouchers.ts'
import { openSaleDatabase } from '../../../sale/sale-database.ts'
import { ANSWER_MS, MAX_ANSWER_BYTES, PREDICT_PROTOCOL } from '../../../sale/sale-limits.ts'
import { type Bought, useModel } from '../../../sale/use-model.ts'
import { describePurchase, describeResult } from './describe-purchase.ts'
import type { useArguments, useOptions } from './options.ts'
import { type PlannedPurchase, planPurchase } from './plan-purchase.ts'

type Args = ArgsOf<typeof useArguments> & ArgsOf<typeof useOptions>
type Options = Omit<Args, 'listing' | 'max' | 'out'> & {
  readonly directory: string
  readonly listing: bigint
  readonly max: bigint
  readonly source: string
  readonly out: { readonly file: string; readonly format: PredictionFormat }
}

/** The frame of an answer is a little longer than what it holds. */
const FRAME_BYTES = 4_096

export function init(args: Args, { cwd }: Context): Options {
  const { dir, listing, max, data, out } = args
  return {
    ...args,
    directory: path.resolve(cwd, dir),
    listing: BigInt(listing),
    max: parseAmount(max),
    source: dataSource(cwd, data),
    out: { file: path.resolve(cwd, out), format: predictionFormat(out) },
  }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { provider: address, dryRun, yes, source, id } = options
  // Before anything is paid for that could then not be kept.
  const ids = id === undefined ? {} : { ids: await readColumn(source, id) }
  if (!dryRun) await checkResultFile(options.out.file)
  return inNetwork(options, context, async (account, { contracts }) => {
    const { market } = contracts
    const limits = { maxAnswerBytes: MAX_ANSWER_BYTES + FRAME_BYTES, answerMs: ANSWER_MS }
    const asker = await createAsker(
      { address, protocol: PREDICT_PROTOCOL, ...limits },
      context.signal,
    )
    try {
      const plan = await planPurchase(options, { account, market, asker, now: context.now() })
      const foretold = describePurchase(plan, asker.peer)
      if (dryRun) {
        const text = `${foretold.text}\nDry run: nothing was signed and no row was sent.`
        return { data: { ...foretold.data, dryRun: true }, text }
      }
      if (!yes) {
        context.stderr.write(`${cleanText(foretold.text)}\n`)
        await confirm(
          context,
          'Send the rows and pay?',
          'Add  --yes  to do it, or  --dry-run  to look.',
        )
      }
      const bought = await buy(options, { account, market, plan })
      return await keep(options, { ...plan, ...ids }, bought)
    } finally {
      await asker.close()
    }
  })
}

async function buy(
  { directory, listing, max }: Options,
  at: {
    readonly account: ChainAccount
    readonly market: `0x${string}`
    readonly plan: PlannedPurchase
  },
): Promise<Bought> {
  const { account, market, plan } = at
  const database = openSaleDatabase(directory)
  try {
    const place = { chainId: account.chainId, market }
    const buyer = ownAddress(account)
    const given = createGivenVouchers(database, { ...place, listing, buyer })
    const sign = (voucher: Parameters<typeof signVoucher>[1]) => signVoucher(account, voucher)
    return await useModel(
      {
        ...{ place, listing, buyer, given, chain: plan.chain, asker: plan.asker },
        sign: (voucher) => sign({ market, ...voucher }),
        onBatch() {},
      },
      { ...plan, max },
    )
  } finally {
    database.close()
  }
}

/** Writes whatever was answered: it was paid for. @throws {UserError} when that is not all. */
async function keep(
  { out, listing }: Options,
  { manifest, rowNumbers, ids }: PlannedPurchase & { readonly ids?: readonly string[] },
  { values, rows, paid, failure }: Bought,
): Promise<Outcome> {
  if (failure !== undefined && rows === 0) throw failure
  const { task, data } = manifest
  const answered = rowNumbers.slice(0, rows)
  await writePredictions(
    predictionTable({
      ...{ task, data, blocks: [values], rowNumbers: answered },
      ...(ids === undefined ? {} : { ids }),
    }),
    out,
  )
  if (failure === undefined) return describeResult({ listing, rows, paid, file: out.file })
  throw new UserError(
    failure instanceof UserError ? failure.info.fault : 'network',
    `${failure.message}; ${rows} of ${rowNumbers.length} rows were answered before, and are in ${out.file}`,
    {
      code: failure.code,
      hint: 'What was answered is paid, and nothing else but one batch at most.',
      cause: failure,
    },
  )
}
