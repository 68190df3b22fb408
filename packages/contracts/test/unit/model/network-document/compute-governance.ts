import { shareSale, voucherPays } from '../../../../src/model/network/model-sale.ts'
import {
  proposalReward,
  quorumVotes,
  stakeFate,
} from '../../../../src/model/network/proposal-stake.ts'
import { BPS_UNIT, type Examples, type FigureAt, WAD } from './examples.ts'

/** First values of governance's parameters, which the parameters' test holds the document to. */
const FIRST = { quorum: 4n, bps: 500n, ceiling: 50_000n * WAD } as const

/** Examples of "Governance". */
export function computeGovernance(at: FigureAt): Examples {
  const quorum = quorumVotes(at('G1'), FIRST.quorum)
  const few = { against: 0n, inFavour: quorum - 1n, abstain: 0n, scam: 0n }
  return [
    ['G2', quorum],
    ['G4', stakeFate(at('G3'), few, quorum).returned],
    ['G5', proposalReward(at('G3'), FIRST)],
  ]
}

/** Examples of "The model market". */
export function computeSale(at: FigureAt): Examples {
  const bpsOf = (label: string): bigint => at(label) / BPS_UNIT
  const first = voucherPays(at('K2'), 0n, at('K1'))
  const second = voucherPays(at('K3'), first, at('K1') - first)
  const parts = shareSale(first + second, {
    scenarioBps: bpsOf('K5'),
    daoBps: bpsOf('K6'),
    boostBps: bpsOf('K7'),
  })
  return [
    ['K4', second],
    ['K8', parts.toPot],
    ['K9', parts.toDao],
    ['K10', parts.toOwner],
  ]
}
