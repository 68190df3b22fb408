import { type Hex, hexToBytes, keccak256, toHex } from 'viem'
import type { GroupSigner } from '../../src/beacon/beacon-types.ts'
import { createBls12381Signer } from '../../src/beacon/bls12381-beacon.ts'
import {
  type ChainAccount,
  type ChainReader,
  deployNetwork,
  type NetworkContracts,
  type NetworkTerms,
  ONE_TOKEN,
  readBlockTime,
} from '../../src/index.ts'
import { accountOf } from './accounts.ts'

/** Seconds between the beacon's rounds. */
export const BEACON_PERIOD = 30

/** A network on a local chain, whose founder has all of the initial supply; who deployed it has no power over it. */
export type TestNetwork = {
  readonly reader: ChainReader
  readonly founder: ChainAccount
  readonly contracts: NetworkContracts
}

export async function createNetwork(reader: ChainReader): Promise<TestNetwork> {
  const [founder, deployer] = await Promise.all([
    accountOf(reader, 'founder'),
    accountOf(reader, 'deployer'),
  ])
  const terms = await networkTerms(reader, founder)
  const { contracts } = await deployNetwork(deployer, terms)
  return { reader, founder, contracts }
}

export async function networkTerms(
  reader: ChainReader,
  founder: ChainAccount,
): Promise<NetworkTerms> {
  const [guardian, updater] = await Promise.all([
    accountOf(reader, 'guardian'),
    accountOf(reader, 'updater'),
  ])
  return {
    holder: founder.address,
    initialSupply: 100_000_000n * ONE_TOKEN,
    guardian: guardian.address,
    updater: updater.address,
    votingDelay: 60,
    votingPeriod: 600,
    timelockDelay: 120n,
    lateExtension: 300,
    thawing: 14 * 86_400,
    longestProof: 2 * 86_400,
    epochSeconds: 3_600,
    redeemSeconds: 3_600,
    beacon: {
      scheme: 'bls12381',
      genesis: Number(await readBlockTime(reader)),
      period: BEACON_PERIOD,
      key: SIGNER.key,
      fallback: {
        delay: 3_600,
        commitWindow: 600,
        revealWindow: 600,
        minCommits: 3,
        bond: ONE_TOKEN,
      },
    },
    alliance: {
      drawMargin: 60,
      restWindow: 60,
      missedBps: 100,
      outlierBps: 50,
      minPool: 1_000n * ONE_TOKEN,
    },
    tasksBps: 9_000,
  }
}

/** Signs the rounds of a test network: a group of one. */
export const SIGNER: GroupSigner = createBls12381Signer(
  hexToBytes(`0x${'0fed7a'.padStart(64, '0')}`),
)

/** 32 bytes that stand for a document or a model. */
export function digestOf(name: string): Hex {
  return keccak256(toHex(name))
}
