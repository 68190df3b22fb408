import { encodeFunctionData } from 'viem'
import { allianceAbi } from '../generated/network/alliance.ts'
import { lockedStakeAbi } from '../generated/network/locked-stake.ts'
import { randomBeaconAbi } from '../generated/network/random-beacon.ts'
import type { GovernedParameter, ParameterSource } from './governed-parameter.ts'

const MINUTE = 60n
const HOUR = 3_600n
const DAY = 86_400n
const TOKEN = 10n ** 18n

type Bounds = Pick<GovernedParameter, 'name' | 'unit' | 'min' | 'max'>

/** AllianceRules.sol. */
const ALLIANCE = {
  drawMargin: { name: 'alliance.draw-margin', unit: 'seconds', min: 6n, max: HOUR },
  restWindow: { name: 'alliance.rest-window', unit: 'seconds', min: 0n, max: 7n * DAY },
  missedBps: { name: 'alliance.missed', unit: 'bps', min: 1n, max: 500n },
  outlierBps: { name: 'alliance.outlier', unit: 'bps', min: 1n, max: 200n },
  minPool: { name: 'alliance.min-pool', unit: 'wei', min: 0n, max: 10_000_000n * TOKEN },
} as const satisfies Readonly<Record<string, Bounds>>

/** BeaconFallback.sol. */
const FALLBACK = {
  delay: { name: 'beacon.fallback-delay', unit: 'seconds', min: 5n * MINUTE, max: 7n * DAY },
  commitWindow: {
    name: 'beacon.commit-window',
    unit: 'seconds',
    min: 2n * MINUTE,
    max: DAY,
  },
  revealWindow: {
    name: 'beacon.reveal-window',
    unit: 'seconds',
    min: 2n * MINUTE,
    max: DAY,
  },
  minCommits: { name: 'beacon.min-commits', unit: 'count', min: 2n, max: 16n },
  bond: { name: 'beacon.bond', unit: 'wei', min: TOKEN, max: 1_000_000n * TOKEN },
} as const satisfies Readonly<Record<string, Bounds>>

/** LockedStake.sol. */
const CURVE = {
  base: { name: 'lock.base', unit: 'seconds', min: DAY, max: 90n * DAY },
  most: { name: 'lock.most', unit: 'seconds', min: 180n * DAY, max: 4n * 365n * DAY },
  slope: { name: 'lock.slope', unit: 'bps', min: 0n, max: 30_000n },
} as const satisfies Readonly<Record<string, Bounds>>

/** Parameters that their contracts take several at once: a change sends the others as they are when it is proposed. */
export const groupedParameters: ParameterSource = async (reader, network) => {
  const parts = await Promise.all([
    allianceParameters(reader, network),
    fallbackParameters(reader, network),
    curveParameters(reader, network),
  ])
  return parts.flat()
}

const allianceParameters: ParameterSource = async ({ public: chain }, { contracts }) => {
  const contract = { address: contracts.alliance, abi: allianceAbi } as const
  const present = await chain.readContract({ ...contract, functionName: 'params' })
  return spread(ALLIANCE, present, (changed) => ({
    to: contracts.alliance,
    data: encodeFunctionData({ abi: allianceAbi, functionName: 'setParams', args: [changed] }),
  }))
}

const fallbackParameters: ParameterSource = async ({ public: chain }, { contracts }) => {
  const contract = { address: contracts.beacon, abi: randomBeaconAbi } as const
  const present = await chain.readContract({ ...contract, functionName: 'fallbackParams' })
  return spread(FALLBACK, present, (changed) => ({
    to: contracts.beacon,
    data: encodeFunctionData({
      abi: randomBeaconAbi,
      functionName: 'setFallbackParams',
      args: [changed],
    }),
  }))
}

const curveParameters: ParameterSource = async ({ public: chain }, { contracts }) => {
  const contract = { address: contracts.lockedStake, abi: lockedStakeAbi } as const
  const present = await chain.readContract({ ...contract, functionName: 'curve' })
  return spread(CURVE, present, (changed) => ({
    to: contracts.lockedStake,
    data: encodeFunctionData({ abi: lockedStakeAbi, functionName: 'setCurve', args: [changed] }),
  }))
}

/** One parameter for each number of a struct. */
function spread<S extends Readonly<Record<string, number | bigint>>>(
  bounds: { readonly [F in keyof S]: Bounds },
  present: S,
  set: (changed: S) => ReturnType<GovernedParameter['change']>,
): readonly GovernedParameter[] {
  const change = (values: Readonly<Record<string, bigint>>) => {
    const typed = Object.entries(values).map(([field, value]) => [
      field,
      typeof present[field] === 'bigint' ? value : Number(value),
    ])
    return set({ ...present, ...Object.fromEntries(typed) })
  }
  const all = Object.entries<Bounds>(bounds)
  const name = all.map(([, about]) => about.name).join(' ')
  return all.map(([field, about]) => ({
    ...about,
    value: BigInt(present[field] ?? 0n),
    change: (wanted) => change({ [field]: wanted }),
    group: { name, field, change },
  }))
}
