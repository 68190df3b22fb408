import type { FederationTerms } from '../../../../src/model/federation.ts'
import type { Schedule } from '../../../../src/model/schedule.ts'

const BPS_OF_WAD = 10n ** 14n

/** The terms of the worked example, as the document states them. */
export type ExampleTerms = FederationTerms &
  Schedule & {
    readonly clientBps: bigint
    readonly challengeWindow: bigint
    readonly bond: bigint
  }

/** @param figure - the value of a label: wei, seconds, 1e18 = 1. */
export function readTerms(figure: (label: string) => bigint): ExampleTerms {
  return {
    clientSupply: figure('T1'),
    clientBps: figure('T2') / BPS_OF_WAD,
    poolBps: figure('T3') / BPS_OF_WAD,
    federatorBps: figure('T4') / BPS_OF_WAD,
    seedCurrency: figure('T5'),
    currencyWeight: figure('T6'),
    swapFee: figure('T7'),
    streamWindow: figure('T8'),
    challengeWindow: figure('T9'),
    firstPot: figure('T10'),
    potRatio: figure('T11'),
    bond: figure('T12'),
  }
}
