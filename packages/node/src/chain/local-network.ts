import {
  type ChainAccount,
  type ChainReader,
  createBls12381Signer,
  deployNetwork,
  type GroupSigner,
  type Network,
  type NetworkTerms,
  ONE_TOKEN,
  readBlockTime,
  readNetwork,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'

/** CREATE address of the directory that LOCAL_DEPLOYER_KEY deploys after the currency and the Orchestrator. */
export const LOCAL_NETWORK = '0x09635f643e140090a9a8dcd712ed6285858cebef'

const MINUTE = 60
const HOUR = 3_600
/** Of the token, for play; emission brings the rest of the cap. */
const SUPPLY = 100_000_000n * ONE_TOKEN
/** Seconds between the beacon's rounds: drand quicknet's. */
const BEACON_PERIOD = 3
const SECRET_BYTES = 32

/** A group of one, whose secret everybody knows: signs the beacon of local networks, and is worth nothing elsewhere. */
export function localBeaconSigner(): GroupSigner {
  return createBls12381Signer(new Uint8Array(SECRET_BYTES).fill(1))
}

/**
 * Deploys a network on the local chain, whose votes take minutes; the account holds all tokens, and is guardian and updater.
 * @returns its directory.
 */
export async function deployLocalNetwork(account: ChainAccount): Promise<`0x${string}`> {
  const { directory } = await deployNetwork(account, await localTerms(account))
  return `0x${directory.slice(2).toLowerCase()}`
}

/** The network of a local chain; undefined where none was deployed. @throws {ChainError} as readNetwork. */
export function findLocalNetwork(reader: ChainReader): Promise<Network | undefined> {
  return readNetwork(reader, { directory: LOCAL_NETWORK }).catch((error: unknown) => {
    if (error instanceof UserError && error.info.code === 'NO_CONTRACT') return undefined
    throw error
  })
}

async function localTerms(account: ChainAccount): Promise<NetworkTerms> {
  const genesis = Number(await readBlockTime(account))
  return {
    holder: account.address,
    initialSupply: SUPPLY,
    guardian: account.address,
    updater: account.address,
    votingDelay: 10,
    votingPeriod: 2 * MINUTE,
    timelockDelay: 10n,
    lateExtension: MINUTE,
    thawing: HOUR,
    longestProof: HOUR / 2,
    epochSeconds: HOUR,
    redeemSeconds: HOUR,
    beacon: {
      scheme: 'bls12381',
      genesis,
      period: BEACON_PERIOD,
      key: localBeaconSigner().key,
      fallback: {
        delay: 5 * MINUTE,
        commitWindow: 2 * MINUTE,
        revealWindow: 2 * MINUTE,
        minCommits: 2,
        bond: ONE_TOKEN,
      },
    },
    alliance: { drawMargin: 6, restWindow: 0, missedBps: 100, outlierBps: 50, minPool: 0n },
    tasksBps: 9_000,
  }
}
