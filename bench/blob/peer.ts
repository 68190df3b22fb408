/** What a receiver needs to fetch one blob from one provider; plain data, it travels between processes. */
export type Offer = {
  readonly size: number
  /** Where the bytes are; what it means is the kind's own. */
  readonly place: readonly string[]
}

/** One process of one way to move bytes: provider, receiver, or both. */
export type Peer = {
  /** Listens; addresses for connect(). */
  start(): Promise<readonly string[]>
  /** Before the clock starts. */
  connect(addresses: readonly string[]): Promise<void>
  /** Gets `size` bytes ready. */
  offer(size: number, seed: number): Promise<Offer>
  fetch(offer: Offer): Promise<void>
  /** Payload bytes that left. */
  sentBytes(): number
  stop(): Promise<void>
}

/** `index` is the place of this process among all of the federation, `count` how many there are; `directory` is its own. */
export type PeerOptions = {
  readonly index: number
  readonly count: number
  readonly directory: string
}
