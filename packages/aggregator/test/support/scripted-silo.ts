import {
  type AddressText,
  BlobError,
  type BlobStore,
  createMemoryBlobStore,
  decodeWeights,
  encodeWeights,
  type Host,
  type HostRules,
  type Message,
  type PeerIdText,
  PROTOCOL_VERSION,
  type Receipt,
  type RoundOpen,
  type RoundResult,
  type SiloName,
  type TensorSpec,
  type UpdateReady,
  type Weights,
} from '@fednode/protocol'
import { CHAIN_ID, SCENARIO } from './tiny-federation.ts'

const AGAIN_MS = 20

/** What a silo does with a round; by default it trains, in its way, and says so. */
export type Behaviour = (open: RoundOpen, silo: SiloHands) => Promise<void>

export type SiloHands = {
  readonly name: SiloName
  readonly blobs: BlobStore
  fetchModel(open: RoundOpen): Promise<Weights>
  /** Stores the bytes and announces them until there is an answer. */
  submit(open: RoundOpen, bytes: Uint8Array, changes?: Partial<UpdateReady>): Promise<void>
  publish(message: Message): Promise<unknown>
}

export type ScriptedSilo = {
  readonly host: Host
  readonly receipts: Receipt[]
  readonly results: RoundResult[]
  readonly opens: RoundOpen[]
  catchUp(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

export type SiloSetup = {
  readonly name: string
  readonly federator: PeerIdText
  readonly specs: readonly TensorSpec[]
  readonly behave?: Behaviour
  readonly scenario?: AddressText
  createHost(rules: HostRules, blobs: BlobStore): Host
}

/** A silo that follows a script instead of training. */
export function createScriptedSilo(setup: SiloSetup): ScriptedSilo {
  const blobs = createMemoryBlobStore()
  const stopping = new AbortController()
  const receipts: Receipt[] = []
  const results: RoundResult[] = []
  const opens: RoundOpen[] = []
  const { name, federator, scenario = SCENARIO } = setup
  const behave = setup.behave ?? honest
  const seen = new Set<string>()
  const host = setup.createHost(
    {
      isMember: () => true,
      checkMessage: () => ({ action: 'accept' }),
      onMessage: ({ message }) => hear(message),
      mayServe: (peer) => peer === federator,
      latestMessages: () => [],
    },
    blobs,
  )

  function hear(message: Message): void {
    if (message.type === 'receipt' && message.silo === name) receipts.push(message)
    if (message.type === 'round-result') hearResult(message)
    if (message.type !== 'round-open' || seen.has(`${message.term} ${message.round}`)) return
    seen.add(`${message.term} ${message.round}`)
    opens.push(message)
    void behave(message, hands).catch((error: unknown) => {
      // The coordinator was killed while we asked it for the model: its next term opens the round again.
      if (!stopping.signal.aborted && !(error instanceof BlobError)) throw error
    })
  }

  function hearResult(message: RoundResult): void {
    if (!results.some(({ round }) => round === message.round)) results.push(message)
    const key = `${message.term} ${message.round} result`
    if (!message.last || seen.has(key)) return
    seen.add(key)
    void host.fetchBlob(message.model, { peers: [federator] }).catch(() => {})
  }

  const hands: SiloHands = {
    name: name as SiloName,
    blobs,
    publish: (message) => host.publish(message),
    async fetchModel({ model }) {
      await host.fetchBlob(model, { peers: [federator] })
      return decodeWeights(await blobs.get(model.cid), setup.specs)
    },
    async submit(open, bytes, changes = {}) {
      const update = await blobs.put(bytes)
      const isAnswered = (): boolean =>
        results.some(({ round }) => round >= open.round) ||
        receipts.some(
          ({ update: cid, term, round }) =>
            cid === (changes.update ?? update).cid && term === open.term && round === open.round,
        )
      while (!stopping.signal.aborted && !isAnswered()) {
        await host
          .publish({
            type: 'update-ready',
            version: PROTOCOL_VERSION,
            chainId: CHAIN_ID,
            scenario,
            term: open.term,
            round: open.round,
            sentAt: Date.now(),
            silo: hands.name,
            base: open.model.cid,
            update,
            samples: 100,
            trainMs: 5,
            lossMicros: 500_000,
            ...changes,
          })
          .catch(() => {})
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
      }
    },
  }

  return {
    host,
    receipts,
    results,
    opens,
    async catchUp() {
      for (const { message } of await host.sync(federator)) hear(message)
    },
    start: () => host.start(),
    async stop() {
      stopping.abort()
      await host.stop()
    },
  }
}

/** Moves the base a little, in a direction of its own: the same in every run of the same round. */
export const honest: Behaviour = async (open, silo) => {
  await silo.submit(open, encodeWeights(await steppedFrom(open, silo)))
}

/** Takes part honestly, but not before `until`. */
export function heldUntil(until: Promise<unknown>): Behaviour {
  return (open, silo) => until.then(() => honest(open, silo))
}

export async function steppedFrom(open: RoundOpen, silo: SiloHands): Promise<Weights> {
  const base = await silo.fetchModel(open)
  const salt = [...silo.name].reduce((sum, c) => sum + (c.codePointAt(0) ?? 0), open.round)
  const values = base.values.map((value, i) => value + 0.05 * Math.sin(salt * 13 + i))
  return { specs: base.specs, values }
}
