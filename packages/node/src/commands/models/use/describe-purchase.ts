import { formatAmount } from '@fednode/contracts'
import { type DataSpec, printable } from '@fednode/protocol'
import type { Foretold } from '../../../chain/try-out.ts'
import type { Outcome } from '../../../framework/command.ts'
import { countText } from '../../../framework/number-text.ts'
import { columnsSent } from '../../../sale/check-columns.ts'
import type { PlannedPurchase } from './plan-purchase.ts'

/** What would leave, to whom, and what it would cost: a provider chooses the columns that its model reads. */
export function describePurchase(plan: PlannedPurchase, peer: string): Foretold {
  const { listing, manifest, rows, price, batch, spendable } = plan
  const cost = price * BigInt(rows.count)
  const columns = columnsOf(manifest.data)
  return {
    data: {
      listing,
      model: manifest.name,
      provider: peer,
      rows: rows.count,
      batch,
      price,
      cost,
      columns,
      spendable,
    },
    text: [
      `ask for predictions of listing ${listing}, "${printable(manifest.name)}"`,
      `  rows      ${countText(rows.count)}, in batches of ${countText(batch)}`,
      `  cost      ${formatAmount(cost)} FDN of a balance of ${formatAmount(spendable)}`,
      `  provider  ${peer}`,
      `  it sees   ${columns.map((column) => printable(column)).join(', ')}`,
    ].join('\n'),
  }
}

/** The same once it is done. */
export function describeResult(done: {
  readonly listing: bigint
  readonly rows: number
  readonly paid: bigint
  readonly file: string
}): Outcome {
  const { listing, rows, paid, file } = done
  return {
    data: done,
    text: `${countText(rows)} rows predicted for ${formatAmount(paid)} FDN, in ${file}\nNext, when the provider has redeemed: fednode models rate ${listing} SCORE`,
  }
}

function columnsOf(data: DataSpec): readonly string[] {
  switch (data.kind) {
    case 'array':
      return [`arrays of ${data.shape.join(' x ')}`]
    case 'text':
      return [`${data.column}, as hashed words`]
    default:
      return columnsSent(data)
  }
}
