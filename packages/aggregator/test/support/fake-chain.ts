import type { Mined, ScenarioState } from '@fednode/contracts'
import type { FederatorChain, RoundOutcome, Settlement } from '../../src/chain/federator-chain.ts'

const HASH = `0x${'ab'.repeat(32)}` as const

/** A Scenario's rounds in memory: the same rules as the contract's, as far as a federator sees them. */
export type FakeChain = FederatorChain & {
  readonly sent: string[]
  readonly settlements: Settlement[]
  readonly asserted: Map<number, RoundOutcome>
  /** Thrown by every call while it is set. */
  down?: Error
  /** Thrown after a transaction was mined, once: its receipt is lost. */
  losesReceipt?: Error
  isPoolOpen: boolean
  /** Clients that take part in the present round. */
  activeClients: number
  /** The resolver strikes the present assertion down. */
  strikeDown(): void
  /** Blocks vanish, with all that the last `steps` steps did. */
  goBack(steps: number): void
}

export function createFakeChain(options: {
  readonly rounds: number
  readonly clients: number
  readonly endpoint?: string
}): FakeChain {
  let endpoint = options.endpoint ?? ''
  let round = 1
  let phase: ScenarioState['phase'] = 'open'
  let struckDown = 0
  /** Hash of the payment, by round. */
  const funded = new Map<number, Mined['hash']>()
  const fail = (sentence: string): never => {
    throw new Error(`the fake chain refuses: ${sentence}`)
  }
  const look = (): void => {
    if (chain.down !== undefined) throw chain.down
  }
  const mined = new Set<string>()
  const before: (() => void)[] = []
  const remember = (): void => {
    const [was, inPhase, count] = [round, phase, chain.settlements.length]
    const paid = [...funded]
    const kept = [...mined]
    before.push(() => {
      mined.clear()
      for (const one of kept) mined.add(one)
      round = was
      phase = inPhase
      chain.settlements.length = count
      funded.clear()
      for (const [one, hash] of paid) funded.set(one, hash)
    })
  }
  const lastHash = (): Mined['hash'] => `0x${chain.sent.length.toString(16).padStart(64, '0')}`
  const mine = (what: string): Mined => {
    chain.sent.push(what)
    const hash = lastHash()
    mined.add(hash)
    const lost = chain.losesReceipt
    delete chain.losesReceipt
    if (lost !== undefined) throw lost
    return { hash, gasUsed: 1_000n, blockNumber: BigInt(chain.sent.length) }
  }
  const settle = (voided: boolean): void => {
    chain.settlements.push({ round, voided, hash: HASH })
    phase = round === options.rounds ? 'closed' : 'open'
    round++
    struckDown = 0
  }
  const chain: FakeChain = {
    sent: [],
    settlements: [],
    asserted: new Map(),
    isPoolOpen: false,
    activeClients: options.clients,
    goBack(steps) {
      before.splice(-steps)[0]?.()
    },
    strikeDown() {
      phase = 'open'
      struckDown += 1
    },
    async readScenario() {
      look()
      const clients = Array.from({ length: options.clients }, (_, index) => ({ index }))
      // Only what the coordinator reads; the rest of the state is of no interest here.
      const { activeClients, isPoolOpen: poolOpen } = chain
      const rounds = { phase, currentRound: round, finalizableAt: 0n, activeClients, struckDown }
      return { ...rounds, endpoint, clients, poolOpen } as unknown as ScenarioState
    },
    chainTime: async () => 1n,
    async head() {
      look()
      return { number: BigInt(chain.sent.length), hash: HASH }
    },
    hasPending: async () => false,
    unblock: async () => {},
    async setEndpoint(next) {
      look()
      endpoint = next
      return mine('endpoint')
    },
    closeRegistration: async () => fail('registration is closed'),
    async fundRound(r) {
      look()
      if (r < (phase === 'open' ? round : round + 1)) fail(`fund ${r} in round ${round}, ${phase}`)
      remember()
      try {
        return mine(`fund ${r}`)
      } finally {
        funded.set(r, lastHash())
      }
    },
    async assertRound(r, outcome) {
      look()
      if (r !== round || phase !== 'open') fail(`assert ${r} in round ${round}, ${phase}`)
      remember()
      phase = 'asserted'
      chain.asserted.set(r, outcome)
      return mine(`assert ${r}`)
    },
    async finalizeRound(r, shares) {
      look()
      if (r !== round || phase !== 'asserted') fail(`finalize ${r} in round ${round}, ${phase}`)
      if (String(chain.asserted.get(r)?.shares) !== String(shares)) fail('other shares')
      remember()
      settle(shares.every((share) => share === 0))
      return mine(`finalize ${r}`)
    },
    async voidRound(r) {
      look()
      if (r !== round || phase !== 'open') fail(`void ${r} in round ${round}, ${phase}`)
      remember()
      settle(true)
      return mine(`void ${r}`)
    },
    async findFunding(r) {
      look()
      const hash = funded.get(r)
      return hash === undefined ? undefined : { hash, gasUsed: 1_000n }
    },
    async readSettlements() {
      look()
      return chain.settlements
    },
    readAnchor: async (r) => chain.asserted.get(r)?.evidenceDigest,
    costOf: async () => ({ hash: HASH, gasUsed: 1_000n }),
    async hasReceipt(hash) {
      look()
      return mined.has(hash)
    },
  }
  return chain
}
