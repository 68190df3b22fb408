import type {
  Address,
  Chain,
  Hex,
  PublicClient,
  TransactionReceipt,
  Transport,
  TypedDataDefinition,
} from 'viem'

/** Read access to one chain, checked for its chain id when it was made. */
export type ChainReader = {
  readonly chainId: number
  readonly rpcUrl: string
  readonly public: PublicClient<Transport, Chain>
  /** Another node of the same chain, whose word this one is held to (T51). */
  readonly second?: ChainReader
  /** Ends a WebSocket connection, which would keep the process alive; nothing to do for HTTP. May be called twice. */
  readonly close: () => Promise<void>
}

/** One account on one chain; every action takes it first. */
export type ChainAccount = ChainReader & {
  readonly address: Address
  readonly wallet: Wallet
  /** Runs jobs of this account one after the other, so that two sends never meet at one nonce (T53). Not re-entrant. */
  readonly inTurn: Turns
}

/** One transaction; without `to` it creates a contract. */
export type TransactionCall = { readonly to?: Address; readonly data: Hex }

/** What signs and sends for an account: a key in this process, a signer elsewhere, or nobody in a dry run. */
export type Wallet = {
  /** Simulates, sends and waits. @throws {ChainError} */
  readonly transact: (call: TransactionCall) => Promise<TransactionReceipt>
  /**
   * Replaces the account's oldest transaction that waits to be mined with one that does nothing (T54). A signer elsewhere has none.
   * @returns the new hash; undefined when nothing was replaced. @throws {ChainError}
   */
  readonly unblock?: () => Promise<Hex | undefined>
  /** EIP-712. @throws {ChainError} when the signer refuses. */
  readonly signTypedData: (typedData: TypedDataDefinition) => Promise<Hex>
}

/** Queues a job behind the ones before it and answers with its result; a failed job does not stop the next. */
export type Turns = <T>(job: () => Promise<T>) => Promise<T>

/** What a mined transaction cost. `gasUsed` sums over all transactions of the action (approve included). */
export type Mined = { readonly hash: Hex; readonly gasUsed: bigint; readonly blockNumber: bigint }

/** What a swap moved, in wei. */
export type SwapResult = { readonly amountIn: bigint; readonly amountOut: bigint }

/** ScenarioParams of the contract; currency amounts in wei, weights and fees 1e18 = 100 %, times in seconds. */
export type ScenarioParams = {
  readonly currency: Address
  readonly federatorPeerKey: Hex
  readonly minClients: number
  readonly maxClients: number
  readonly openRegistration: boolean
  readonly registrationDeadline: bigint
  readonly rounds: number
  readonly roundTimeout: number
  readonly challengeWindow: number
  readonly streamWindow: number
  readonly clientSupply: bigint
  readonly clientBps: number
  readonly poolBps: number
  readonly federatorBps: number
  readonly seedCurrency: bigint
  readonly currencyWeight: bigint
  readonly swapFee: bigint
  /** Largest issuance weight of a client, 1 to 255; 1: all clients get the same number of tokens. */
  readonly maxIssuance: number
  /** What round 1 must hold before it can be asserted; 0: pots are free. */
  readonly firstPot: bigint
  /** Pot of a round over that of the one before, 1e18 = 1; 0 when pots are free. */
  readonly potRatio: bigint
  /** Staked on every assertion and every dispute; 0: nobody can dispute. */
  readonly bond: bigint
  /** Decides disputes; zero address without bonds. */
  readonly resolver: Address
  /** May pause the market and new rounds; zero address: nobody. */
  readonly guardian: Address
}

/** What sharesHash anchors: `shares` are integers of at most 32 bits, one per client in index order. */
export type RoundShares = {
  readonly chainId: number
  readonly scenario: Address
  readonly round: number
  readonly shares: readonly number[]
}

export type ScenarioPhase = 'registering' | 'open' | 'asserted' | 'disputed' | 'closed'

export type ScenarioClient = {
  readonly index: number
  readonly controller: Address
  readonly token: Address
  readonly peerKey: Hex
  readonly name: string
}

/** An anchored vector of shares that is not settled, and its dispute; wei. */
export type ScenarioAssertion = {
  readonly sharesHash: Hex
  /** Staked by the federator. */
  readonly bond: bigint
  /** Null while nobody disputes. */
  readonly disputer: Address | null
  readonly disputeBond: bigint
  /** Unix seconds from which the resolver may decide. */
  readonly resolvableAt: bigint
}

/** Everything a Scenario says of itself at one block. */
export type ScenarioState = {
  readonly address: Address
  readonly orchestrator: Address
  readonly federator: Address
  /** Zero address: no pool. */
  readonly pool: Address
  readonly poolOpen: boolean
  readonly params: ScenarioParams
  readonly manifestDigest: Hex
  readonly endpoint: string
  readonly phase: ScenarioPhase
  readonly currentRound: number
  readonly roundStartedAt: bigint
  readonly finalizableAt: bigint
  readonly streamEndsAt: bigint
  readonly clients: readonly ScenarioClient[]
  /** How many of them, from the first, take part in the present round; later ones wait for the next. */
  readonly activeClients: number
  /** What the present round must hold before it can be asserted, in wei; 0 when pots are free. */
  readonly scheduledPot: bigint
  /** Null while none is anchored. */
  readonly assertion: ScenarioAssertion | null
  /** Assertions of the present round that were struck down; 6 stands for more. */
  readonly struckDown: number
  /**
   * What the next assertion, or the dispute of the present one, stakes; wei. An assertion costs twice as much after each one of the
   * round that was struck down; a dispute after each that failed, and never less than the assertion that it attacks.
   */
  readonly bonds: { readonly assertion: bigint; readonly dispute: bigint }
  /** Unix seconds until which market and new rounds are paused; in the past, or 0, when they are not. */
  readonly pausedUntil: bigint
  readonly totals: {
    readonly deposited: bigint
    readonly claimed: bigint
    readonly returned: bigint
  }
  readonly blockNumber: bigint
}
