import path from 'node:path'
import { acquireDirectoryLock } from '@fednode/aggregator'
import { type ChainAccount, type ModelListing, parseAmount, readListing } from '@fednode/contracts'
import { createEngine } from '@fednode/engine'
import {
  createService,
  digestOfCid,
  modelSpecOf,
  type PeerKey,
  type Service,
  UserError,
} from '@fednode/protocol'
import { connectAs } from '../../../chain/connect-as.ts'
import { openNetwork } from '../../../chain/open-network.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { loadPeerKey } from '../../../identity/load-identity.ts'
import { runObserved } from '../../../metrics/run-observed.ts'
import type { Monitor } from '../../../metrics/start-monitor.ts'
import { findModel, type ModelChoice } from '../../../model/find-model.ts'
import type { FoundModel } from '../../../model/found-model.ts'
import { labelScale } from '../../../model/label-scale.ts'
import { modelChoice } from '../../../model/model-choice.ts'
import { unlessStopped } from '../../../runtime/unless-stopped.ts'
import { whileChainIsAway } from '../../../runtime/while-chain-is-away.ts'
import { createSeller } from '../../../sale/create-seller.ts'
import { keepRedeeming } from '../../../sale/keep-redeeming.ts'
import { createProviderProof } from '../../../sale/provider-proof.ts'
import { createSaleChain, unknownListing } from '../../../sale/sale-chain.ts'
import { openSaleDatabase, saleFolder } from '../../../sale/sale-database.ts'
import { MAX_REQUEST_BYTES, PREDICT_PROTOCOL } from '../../../sale/sale-limits.ts'
import { createTakenVouchers, type TakenVouchers } from '../../../sale/taken-vouchers.ts'
import type { serveArguments, serveOptions } from './options.ts'

type Args = ArgsOf<typeof serveArguments> & ArgsOf<typeof serveOptions>
type Options = Omit<Args, 'listing' | 'redeemAt'> & {
  readonly directory: string
  readonly listing: bigint
  readonly redeemAt: bigint | undefined
  readonly choice: ModelChoice
}
type Sale = {
  readonly account: ChainAccount
  readonly market: `0x${string}`
  readonly taken: TakenVouchers
  readonly found: FoundModel
}

/** A few buyers behind one NAT. */
const PEERS_PER_ADDRESS = 16

export function init(args: Args, { cwd }: Context): Options {
  const { dir, listing, redeemAt } = args
  return {
    ...args,
    directory: path.resolve(cwd, dir),
    listing: BigInt(listing),
    redeemAt: redeemAt === undefined ? undefined : parseAmount(redeemAt),
    choice: modelChoice(args, cwd),
  }
}

export async function run(options: Options, context: Context): Promise<undefined> {
  // What a provider sold is in its log, and on the chain.
  return runObserved({ options, context, needs: ['network'] }, (monitor) =>
    open(options, context, monitor),
  )
}

async function open(
  options: Options,
  context: Context,
  monitor: Pick<Monitor<never>, 'meet'>,
): Promise<void> {
  const { directory, choice, listing } = options
  const peerKey = await loadPeerKey(directory)
  const found = await findModel(choice)
  const account = await whileChainIsAway(context, () => connectAs(options, context))
  const lock = acquireDirectoryLock(saleFolder(directory))
  try {
    const { contracts } = await whileChainIsAway(context, () => openNetwork(account, options))
    const { market } = contracts
    const listed = await whileChainIsAway(context, () => readListing(account, { market, listing }))
    checkListing(listed, { listing, found, account })
    const database = openSaleDatabase(directory)
    try {
      const taken = createTakenVouchers(database, { chainId: account.chainId, market })
      await serve(options, context, { peerKey, monitor, sale: { account, market, taken, found } })
    } finally {
      database.close()
    }
  } finally {
    lock.release()
    await account.close()
  }
}

/** @throws {UserError} UNKNOWN_LISTING (usage), MODEL_MISMATCH, NOT_LISTING_OWNER (refused). */
function checkListing(
  listed: ModelListing | undefined,
  own: { readonly listing: bigint; readonly found: FoundModel; readonly account: ChainAccount },
): void {
  const { listing, found, account } = own
  if (listed === undefined) throw unknownListing(listing)
  const digest = digestOfCid(found.modelCid)
  if (listed.model !== digest) {
    throw new UserError(
      'refused',
      `listing ${listing} is of model ${listed.model}, this one is ${digest}`,
      {
        code: 'MODEL_MISMATCH',
        hint: 'Give the --dir, --round or --model that was published.',
      },
    )
  }
  if (listed.owner.toLowerCase() === account.address.toLowerCase()) return
  throw new UserError(
    'refused',
    `listing ${listing} belongs to ${listed.owner}, who would be paid`,
    {
      code: 'NOT_LISTING_OWNER',
      hint: 'Give the --dir, --keystore or --signer of its owner.',
    },
  )
}

async function serve(
  options: Options,
  context: Context,
  with_: {
    readonly peerKey: PeerKey
    readonly monitor: Pick<Monitor<never>, 'meet'>
    readonly sale: Sale
  },
): Promise<void> {
  const { signal } = context
  const { peerKey, monitor, sale } = with_
  const engine = await createEngine({ backend: 'wasm' })
  const service = serviceOf(options, context, { peerKey, engine, sale })
  try {
    await unlessStopped(signal, () => service.start())
    monitor.meet('network', () => true)
    const addresses = service.addresses()
    context.emit({ type: 'listening', peerId: service.peerId, addresses })
    if (!context.json) context.stderr.write(toldTo(options.listing, addresses))
    await keepRedeeming({ ...sale, redeemAt: options.redeemAt }, context)
  } finally {
    await service.stop()
    engine.dispose()
  }
}

function serviceOf(
  { listing, listen, announce = [] }: Options,
  { logger, emit, now }: Context,
  made: {
    readonly peerKey: PeerKey
    readonly engine: Awaited<ReturnType<typeof createEngine>>
    readonly sale: Sale
  },
): Service {
  const { peerKey, engine, sale } = made
  const { account, market, taken, found } = sale
  const { manifest, data, weights } = found
  const spec = modelSpecOf(manifest)
  const scale = labelScale(data)
  const answer = createSeller({
    place: { chainId: account.chainId, market },
    listing,
    model: {
      digest: digestOfCid(found.modelCid),
      manifest,
      data,
      predict: (rows) => engine.predict(spec, weights, rows, scale),
    },
    proof: createProviderProof(account, { market, listing, peer: peerKey.peerId }, now),
    taken,
    chain: createSaleChain(account, market),
    logger,
    onSold({ voucher, rows }) {
      const { buyer, epoch, uses, amount } = voucher
      emit({ type: 'sold', listing, buyer, epoch, rows, uses, amount })
      logger.info({ buyer, rows, uses }, 'rows were predicted')
    },
  })
  return createService(
    {
      ...{ peerKey, listen, announce },
      protocol: PREDICT_PROTOCOL,
      maxRequestBytes: MAX_REQUEST_BYTES,
      peersPerAddress: PEERS_PER_ADDRESS,
    },
    { logger, answer },
  )
}

function toldTo(listing: bigint, addresses: readonly string[]): string {
  const lines = addresses.map((address) => `            ${address}\n`).join('')
  return `Serving listing ${listing}. Buyers give one of these with --provider:\n${lines}`
}
