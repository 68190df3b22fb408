import { SHARE_UNITS } from '@fednode/protocol'
import type { UpResult } from './up-result.ts'

/**
 * What `up --json` prints as `data`: keys and nesting are a promise to scripts (schemaVersion 1). Amounts are wei, which the envelope
 * writes as decimal strings.
 * @param report - path of the HTML report; null with --no-report.
 */
export function upDocument(result: UpResult, report: string | null): object {
  const { investor, provider, books } = result
  return {
    scenario: result.scenario,
    manifest: result.manifestCid,
    strategy: result.manifest.strategy.name,
    attack: attackOf(result),
    rounds: result.rounds.map((record) => ({
      round: record.round,
      accuracy: record.metrics.accuracy ?? null,
      loss: record.loss,
      utilityBefore: record.utilityBefore,
      utilityAfter: record.utilityAfter,
      metrics: record.metrics,
      seconds: record.seconds,
      gas: record.gas,
      modelDigest: record.modelDigest,
      evidence: record.evidenceCid,
      contributions: record.contributions.map(({ silo, shapley, share }) => ({
        silo,
        shapley,
        share: share / SHARE_UNITS,
      })),
    })),
    silos: result.silos.map((silo) => ({
      name: silo.name,
      samples: silo.samples,
      flippedShare: silo.flippedShare,
      token: silo.token,
      priceBefore: silo.priceBefore,
      priceAfter: silo.priceAfter,
      rewarded: silo.rewarded,
      raised: silo.raised,
    })),
    deposited: books.deposited,
    claimed: books.claimed,
    claimable: books.claimable,
    carried: books.carried,
    returned: books.returned,
    investor: {
      spent: investor?.spent ?? 0n,
      received: investor?.received ?? 0n,
      claimed: investor?.claimed ?? 0n,
    },
    lp: {
      spent: provider?.provided ?? 0n,
      claimed: provider?.claimed ?? 0n,
      holding: provider?.holdingValue ?? 0n,
    },
    report,
  }
}

/** null when every silo was honest. */
function attackOf({ silos }: UpResult): object | null {
  const attackers = silos.filter(({ attack }) => attack !== undefined)
  const name = attackers[0]?.attack
  return name === undefined ? null : { name, silos: attackers.map((silo) => silo.name) }
}
