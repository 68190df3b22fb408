import { createHash } from 'node:crypto'
import {
  type Anvil,
  type ChainAccount,
  connectAccount,
  connectChain,
  createScenario,
  deployAttesterResolver,
  deployLocalCurrency,
  deployOrchestrator,
  mintLocalCurrency,
  parseAmount,
  readBlockTime,
  register,
  scaleShare,
  setBalance,
  startAnvil,
} from '@fednode/contracts'
import { type ChainManifest, encodeManifest, type PeerKey, signBinding } from '@fednode/protocol'
import { keyOf } from './tiny-federation.ts'

const NOBODY = `0x${'00'.repeat(20)}` as const

/** A Scenario on a chain of its own. */
export type ChainWorld = {
  readonly anvil: Anvil
  readonly federator: ChainAccount
  /** Lower case. */
  readonly scenario: `0x${string}`
  accountOf(name: string): Promise<ChainAccount>
  /** Registers under `name`; `signer` signs the binding, its own key when left out. */
  register(name: string, signer?: PeerKey): Promise<void>
}

export async function createChainWorld(manifest: ChainManifest): Promise<ChainWorld> {
  const anvil = await startAnvil()
  const reader = await connectChain({ rpcUrl: anvil.rpcUrl })
  const accountOf = async (name: string): Promise<ChainAccount> => {
    const seed = createHash('sha256').update(`aggregator test ${name}`).digest()
    const account = await connectAccount({ rpcUrl: anvil.rpcUrl, privateKey: hexOf(seed) })
    await setBalance(reader, { address: account.address, amount: 10n ** 20n })
    return account
  }
  const federator = await accountOf('federator')
  const { address: currency } = await deployLocalCurrency(federator)
  const { address: orchestrator } = await deployOrchestrator(federator, { minChallengeWindow: 0 })
  const amount = parseAmount('100000')
  await mintLocalCurrency(federator, { currency, to: federator.address, amount })
  const { rounds, reward, registration, market, dispute } = manifest
  const judges = { attesters: [federator.address], threshold: 1 }
  const { address: resolver } =
    dispute === undefined ? { address: NOBODY } : await deployAttesterResolver(federator, judges)
  const created = await createScenario(federator, {
    orchestrator,
    manifest: encodeManifest(manifest).bytes,
    endpoint: '',
    params: {
      currency,
      federatorPeerKey: hexOf(keyOf('federator').publicKey),
      minClients: rounds.minSilos,
      maxClients: rounds.maxSilos,
      openRegistration: true,
      registrationDeadline: (await readBlockTime(reader)) + BigInt(registration.deadlineSeconds),
      rounds: rounds.count,
      roundTimeout: 3_600,
      challengeWindow: reward.challengeSeconds,
      streamWindow: reward.streamSeconds,
      clientSupply: parseAmount(market.tokensPerSilo),
      clientBps: market.siloBps,
      poolBps: market.poolBps,
      federatorBps: market.federatorBps,
      seedCurrency: 0n,
      currencyWeight: parseAmount('0.5'),
      swapFee: parseAmount('0.003'),
      maxIssuance: 1,
      firstPot: reward.schedule === undefined ? 0n : parseAmount(reward.perRound),
      potRatio: reward.schedule?.kind === 'geometric' ? scaleShare(reward.schedule.ratio) : 0n,
      bond: parseAmount(dispute?.bond ?? '0'),
      resolver,
      guardian: NOBODY,
    },
  })
  const scenario = `0x${created.scenario.slice(2).toLowerCase()}` as const
  return {
    anvil,
    federator,
    scenario,
    accountOf,
    async register(name, signer = keyOf(name)) {
      const account = await accountOf(name)
      const scope = { chainId: account.chainId, scenario, account: account.address }
      const binding = signBinding({ ...scope, peerKey: signer })
      const peerKey = hexOf(keyOf(name).publicKey)
      await register(account, { scenario, name, peerKey, binding })
    },
  }
}

function hexOf(bytes: Uint8Array): `0x${string}` {
  return `0x${Buffer.from(bytes).toString('hex')}`
}
