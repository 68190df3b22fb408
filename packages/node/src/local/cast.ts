import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type ChainAccount, parseAmount } from '@fednode/contracts'
import type { PeerKey, SiloName } from '@fednode/protocol'
import { generatePrivateKey } from 'viem/accounts'
import { stringify } from 'yaml'
import type { Config } from '../config/config-schema.ts'
import { CONFIG_FILE } from '../config/load-config.ts'
import { createIdentity } from '../identity/create-identity.ts'
import type { LocalChain } from './local-chain.ts'
import type { FederationPlan } from './plan.ts'
import type { RunDirectory } from './run-directory.ts'

/** The investor buys this part of what the pool holds of one token. */
const STAKE_PART = 5n
const BPS = 10_000n
const PRIVATE_FILE = 0o600

/** Everybody who acts in a run. Silos and federator own a data directory; investor and provider are accounts and nothing else. */
export type Cast = {
  readonly federator: { readonly account: ChainAccount; readonly peerKey: PeerKey }
  readonly silos: ReadonlyMap<SiloName, ChainAccount>
  readonly investor: ChainAccount
  readonly provider: ChainAccount
  /** Tokens that the investor buys, in wei. */
  readonly stake: bigint
}

/** Makes fresh keys for everybody and gives each the money that the manifest asks of it. */
export async function createCast(
  plan: FederationPlan,
  chain: LocalChain,
  directory: RunDirectory,
): Promise<Cast> {
  const { reward, rounds, market, dispute } = plan.manifest
  const seed = parseAmount(market.seedCurrency)
  const pooled = (parseAmount(market.tokensPerSilo) * BigInt(market.poolBps)) / BPS
  const { identity } = await createIdentity(directory.aggregator)
  await writeConfig(directory.aggregator, chain)
  const pots = parseAmount(reward.perRound) * BigInt(rounds.count)
  // One is enough: it is free again when its round is settled.
  const bond = parseAmount(dispute?.bond ?? '0')
  const silos = new Map<SiloName, ChainAccount>()
  for (const { name } of plan.silos) {
    const own = await createIdentity(directory.siloOf(name))
    await writeConfig(directory.siloOf(name), chain)
    silos.set(name, await chain.open(own.identity.exportPrivateKey(), 0n))
  }
  return {
    federator: {
      account: await chain.open(identity.exportPrivateKey(), pots + bond),
      peerKey: identity.peerKey,
    },
    silos,
    // As much as the pool starts with: more than any stake in it costs.
    investor: await chain.open(generatePrivateKey(), seed),
    provider: await chain.open(generatePrivateKey(), seed),
    stake: pooled / STAKE_PART,
  }
}

/** So that commands in this directory find the run's own chain and contracts. */
async function writeConfig(directory: string, chain: LocalChain): Promise<void> {
  const { rpcUrl: rpc, orchestrator, currency } = chain
  const config: Config = { rpc, orchestrator, currency }
  await writeFile(path.join(directory, CONFIG_FILE), stringify(config), { mode: PRIVATE_FILE })
}
