import { setPaused } from '@fednode/aggregator'
import type { Outcome } from '../../../framework/command.ts'
import { findFederation } from '../../../runtime/find-scenario.ts'
import { type KeptOptions, keptInit } from '../kept-init.ts'

export const init = keptInit

export async function run({ directory, scenario }: KeptOptions): Promise<Outcome> {
  const kept = findFederation(directory, scenario)
  setPaused(kept.directory, false)
  return {
    data: { scenario: kept.scenario, paused: false },
    text: `Resumed: the aggregator of ${kept.scenario} opens its next round`,
  }
}
