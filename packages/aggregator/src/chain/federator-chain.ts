import {
  assertRound,
  type BlockRef,
  type ChainAccount,
  ChainError,
  closeRegistration,
  finalizeRound,
  fundRound,
  type Mined,
  readAssertion,
  readChainTime,
  readHead,
  readHistory,
  readScenario,
  type ScenarioState,
  setEndpoint,
  voidRound,
} from '@fednode/contracts'
import type { AddressText, Digest, Round } from '@fednode/protocol'

/** What a transaction cost that was found on the chain, not sent now. */
export type Found = { readonly hash: Digest; readonly gasUsed: bigint }

/** What the coordinator does on chain, for one Scenario and as its federator. Every call may throw ChainError. */
export type FederatorChain = {
  readScenario(): Promise<ScenarioState>
  /** Unix seconds that a transaction sent now would see. */
  chainTime(): Promise<bigint>
  /** The newest block. */
  head(): Promise<BlockRef>
  /** Whether a transaction of this account waits to be mined. */
  hasPending(): Promise<boolean>
  /** Replaces the oldest of them with one that does nothing, where fees have a bound and it allows that (T54). */
  unblock(): Promise<void>
  setEndpoint(endpoint: string): Promise<Mined>
  closeRegistration(): Promise<Mined>
  /** `amount` in wei. */
  fundRound(round: Round, amount: bigint): Promise<Mined>
  assertRound(round: Round, outcome: RoundOutcome): Promise<Mined>
  finalizeRound(round: Round, shares: readonly number[]): Promise<Mined>
  voidRound(round: Round): Promise<Mined>
  /** The transaction by which this account funded the round. */
  findFunding(round: Round): Promise<Found | undefined>
  /** Rounds that are over on chain, by whomever. */
  readSettlements(): Promise<readonly Settlement[]>
  /** Digest of the evidence that is anchored of a round, whoever asserted it; the newest. */
  readAnchor(round: Round): Promise<string | undefined>
  /** Cost of a mined transaction. */
  costOf(hash: Digest): Promise<Found>
  /** Whether a transaction is in the chain that the node knows. */
  hasReceipt(hash: string): Promise<boolean>
}

/** The end of a round on chain: finalized, or voided with its pot carried over. */
export type Settlement = { readonly round: Round; readonly voided: boolean; readonly hash: Digest }

/** What is anchored of a round. */
export type RoundOutcome = {
  readonly shares: readonly number[]
  readonly evidenceDigest: Digest
  readonly modelDigest: Digest
}

/** The chain behind one federator's account. */
export function createFederatorChain(account: ChainAccount, scenario: AddressText): FederatorChain {
  return {
    readScenario: () => readScenario(account, { scenario }),
    chainTime: () => readChainTime(account),
    head: () => readHead(account),
    hasPending: () => ask(countPending(account)),
    // In turn: what this process has sent and waits for is not in the way.
    unblock: () => account.inTurn(async () => void (await account.wallet.unblock?.())),
    setEndpoint: (endpoint) => setEndpoint(account, { scenario, endpoint }),
    closeRegistration: () => closeRegistration(account, { scenario }),
    fundRound: (round, amount) => fundRound(account, { scenario, round, amount }),
    assertRound: (round, { shares, evidenceDigest: evidenceRoot, modelDigest }) =>
      assertRound(account, { scenario, round, shares, evidenceRoot, modelDigest }),
    finalizeRound: (round, shares) => finalizeRound(account, { scenario, round, shares }),
    voidRound: (round) => voidRound(account, { scenario, round }),
    async findFunding(round) {
      const { funded } = await readHistory(account, { scenario })
      const own = funded.find(
        (event) => event.round === round && isSame(event.funder, account.address),
      )
      return own === undefined ? undefined : ask(costOf(account, own.hash))
    },
    async readSettlements() {
      const { settled } = await readHistory(account, { scenario })
      return settled.map(({ round, voided, hash }) => ({ round, voided, hash }))
    },
    async readAnchor(round) {
      const anchor = await readAssertion(account, { scenario, round })
      return anchor?.evidenceRoot.toLowerCase()
    },
    costOf: (hash) => ask(costOf(account, hash)),
    hasReceipt: (hash) => ask(hasReceipt(account, hash)),
  }
}

async function countPending({ address, public: client }: ChainAccount): Promise<boolean> {
  const [mined, sent] = await Promise.all([
    client.getTransactionCount({ address, blockTag: 'latest' }),
    client.getTransactionCount({ address, blockTag: 'pending' }),
  ])
  return sent > mined
}

async function costOf({ public: client }: ChainAccount, hash: Digest): Promise<Found> {
  const { gasUsed } = await client.getTransactionReceipt({ hash })
  return { hash, gasUsed }
}

async function hasReceipt({ public: client }: ChainAccount, hash: string): Promise<boolean> {
  if (!isHash(hash)) return false
  // Not viem's own call, which cannot tell "no receipt" from "no answer".
  const receipt = await client.request({ method: 'eth_getTransactionReceipt', params: [hash] })
  return receipt !== null
}

function isHash(text: string): text is Digest {
  return /^0x[0-9a-f]{64}$/i.test(text)
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

async function ask<T>(read: Promise<T>): Promise<T> {
  try {
    return await read
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new ChainError(`the node does not answer: ${reason}`, { code: 'RPC_FAILED', cause })
  }
}
