import {
  type AddressText,
  type BlobStore,
  createHost,
  type Host,
  type Logger,
  type PeerIdText,
  type PeerKey,
} from '@fednode/protocol'

const TRIES = 2

/** Whom to ask in which federation, as whom, and where what they give is kept. */
type AskingHostOptions = {
  readonly peerKey: PeerKey
  readonly chainId: number
  readonly scenario: AddressText
  readonly federator: PeerIdText
  readonly blobs: BlobStore
  readonly logger: Logger
}

/** A host that asks the aggregator for blobs and messages, and gives nothing; not started. */
export function askingHost(options: AskingHostOptions): Host {
  const { federator, logger, ...scope } = options
  return createHost(
    { ...scope, listen: [], connectTries: TRIES, fetchTries: TRIES },
    {
      rules: {
        isMember: (peer) => peer === federator,
        checkMessage: () => ({ action: 'ignore', code: 'NOT_LISTENING' }),
        onMessage: () => {},
        mayServe: () => false,
        latestMessages: () => [],
      },
      logger,
    },
  )
}
