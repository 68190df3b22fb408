import type { RoundRecord } from '@fednode/aggregator'
import type { SiloName } from '@fednode/protocol'
import { bytesText, countText } from '../../../framework/number-text.ts'
import { textTable } from '../../../framework/text-table.ts'

/** What taking part cost one silo, over rounds: bytes of its updates, seconds of its training as it stated them. */
export type SiloCosts = {
  readonly silo: SiloName
  readonly updates: number
  readonly sentBytes: number
  readonly trainSeconds: number
}

/** Costs of every silo whose updates were accepted, by name. */
export function siloCosts(rounds: readonly Pick<RoundRecord, 'updates'>[]): readonly SiloCosts[] {
  const bySilo = Map.groupBy(
    rounds.flatMap(({ updates }) => updates),
    ({ silo }) => silo,
  )
  return [...bySilo]
    .map(([silo, updates]) => ({
      silo,
      updates: updates.length,
      sentBytes: updates.reduce((sum, { update }) => sum + update.size, 0),
      trainSeconds: updates.reduce((sum, { trainMs }) => sum + trainMs, 0) / 1000,
    }))
    .sort((a, b) => (a.silo < b.silo ? -1 : 1))
}

/** The same as a table. */
export function describeCosts(costs: readonly SiloCosts[]): string {
  return textTable(
    ['silo', 'updates', 'sent', 'train'],
    costs.map(({ silo, updates, sentBytes, trainSeconds }) => [
      silo,
      countText(updates),
      bytesText(sentBytes),
      `${trainSeconds.toFixed(2)}s`,
    ]),
    { textColumns: [0] },
  )
}
