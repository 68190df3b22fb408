import { randomBytes } from 'node:crypto'
import path from 'node:path'
import {
  type AllianceState,
  type ChainAccount,
  LOCAL_CHAIN_ID,
  type Network,
  readAlliance,
} from '@fednode/contracts'
import { type DataReport, type Dataset, holdOut, loadDataset } from '@fednode/engine'
import {
  type AddressText,
  allianceScope,
  type BlobStore,
  createBlobStore,
  createHost,
  type Host,
  type HostRules,
  type PeerKey,
  UserError,
} from '@fednode/protocol'
import { createAllianceChain } from '../../alliance/alliance-chain.ts'
import { type AlliancePaths, openAllianceDirectory } from '../../alliance/alliance-directory.ts'
import type { AllianceEvent } from '../../alliance/alliance-events.ts'
import { type AllianceJournal, createAllianceJournal } from '../../alliance/alliance-journal.ts'
import { createAlliancePeers } from '../../alliance/alliance-peers.ts'
import { checkAlliancePlan } from '../../alliance/check-alliance-plan.ts'
import { describeAlliance } from '../../alliance/describe-alliance.ts'
import { describeAllianceEvent } from '../../alliance/describe-alliance-event.ts'
import { answers } from '../../chain/answers.ts'
import { connectAs } from '../../chain/connect-as.ts'
import { openNetwork } from '../../chain/open-network.ts'
import { createReachingAlliance } from '../../debug/create-reaching-alliance.ts'
import { openDaemonEngine } from '../../engines/open-daemon-engine.ts'
import { cleanText } from '../../framework/clean-line.ts'
import type { Context } from '../../framework/context.ts'
import { loadPeerKey } from '../../identity/load-identity.ts'
import { runObserved } from '../../metrics/run-observed.ts'
import type { Monitor } from '../../metrics/start-monitor.ts'
import { networkOf } from '../../network/network-of.ts'
import type { Plan } from '../../plan/plan.ts'
import { readPlanFile } from '../../plan/read-plan-file.ts'
import { unlessStopped } from '../../runtime/unless-stopped.ts'
import { whileChainIsAway } from '../../runtime/while-chain-is-away.ts'
import { writePrivate } from '../../runtime/write-private.ts'
import { showNode } from '../../voting/show-node.ts'
import type { VotingNode } from '../../voting/voting-node.ts'
import { allianceAttacker } from './alliance-attacker.ts'
import { askConsent } from './ask-consent.ts'
import { checkAttack } from './check-attack.ts'
import { checkFloors } from './check-floors.ts'
import { type Entry, enterAlliance } from './enter-alliance.ts'
import type { JoinOptions } from './handler.ts'
import { roleWords } from './role-words.ts'

/** Share of the rows that a node never trains on, and judges by. */
const HELD_SHARE = 0.2
/** How often the chain is asked, how long one participant waits for another's transaction, and how long it stays at the end, in ms. */
const LOCAL_PACE = { pollMs: 300, turnMs: 1_000, lingerMs: 5_000 }
const PUBLIC_PACE = { pollMs: 4_000, turnMs: 15_000, lingerMs: 600_000 }
const SALT_BYTES = 32
const NUMBER = /^\d{1,15}$/

type Membership = {
  readonly options: JoinOptions
  readonly account: ChainAccount
  readonly peerKey: PeerKey
  readonly network: Network
  readonly state: AllianceState
  readonly plan: Plan
  readonly scope: AddressText
}

/**
 * Takes part in an alliance until it is over: stakes and joins where the account has not yet, then does whatever it is drawn for.
 * @throws {UserError} usage: BAD_ARGUMENT, MISSING_OPTION, OTHER_MANIFEST, NOT_FOR_ALLIANCES; refused: STAKE_TOO_LOW, STAKE_GONE,
 * LEFT_ALLIANCE; as join.
 */
export async function runAlliance(options: JoinOptions, context: Context): Promise<undefined> {
  return runObserved({ options, context, needs: ['chain'] }, (monitor) =>
    connectAndTakePart(options, context, monitor),
  )
}

async function connectAndTakePart(
  options: JoinOptions,
  context: Context,
  monitor: Pick<Monitor<never>, 'meet'>,
): Promise<void> {
  const peerKey = await loadPeerKey(options.directory)
  const account = await unlessStopped(context.signal, () => connectAs(options, context))
  try {
    checkAttack(options, account.chainId)
    monitor.meet('chain', () => answers(account))
    const found = await whileChainIsAway(context, () => findAlliance(options, account))
    const { network, state } = found
    const plan = await readPlanFile(manifestFile(options, context))
    checkAlliancePlan(plan, state.terms.manifest)
    const scope = allianceScope(lower(network.contracts.alliance), state.id)
    await takePart({ options, account, peerKey, network, state, plan, scope }, context)
  } finally {
    await account.close()
  }
}

async function findAlliance(
  options: JoinOptions,
  account: ChainAccount,
): Promise<{ readonly network: Network; readonly state: AllianceState }> {
  if (!NUMBER.test(options.federation)) {
    throw new UserError('usage', `"${options.federation}" is not the number of an alliance`, {
      code: 'BAD_ARGUMENT',
      hint: 'Alliances have numbers: 1, 2, ….',
    })
  }
  const network = await openNetwork(account, options)
  const { alliance } = network.contracts
  return {
    network,
    state: await readAlliance(account, { alliance, id: BigInt(options.federation) }),
  }
}

function manifestFile({ manifest }: JoinOptions, { cwd }: Context): string {
  if (manifest !== undefined) return path.resolve(cwd, manifest)
  throw new UserError('usage', '--manifest is missing', {
    code: 'MISSING_OPTION',
    hint: 'The chain has only the digest of an alliance’s manifest: ask who created it for the file.',
  })
}

async function takePart(member: Membership, context: Context): Promise<void> {
  const { options, plan, scope } = member
  const { dataset, report } = await unlessStopped(context.signal, () =>
    loadDataset(options.dataFile, plan.manifest.data),
  )
  checkFloors(plan.manifest, report, options.force)
  const paths = openAllianceDirectory(options.directory, scope)
  try {
    const journal = createAllianceJournal(paths.journal)
    try {
      await agree(member, { journal, report }, context)
      const staked = await whileChainIsAway(context, () =>
        enterAlliance(entryOf(member), context.signal),
      )
      const view = showNode(context, describeAllianceEvent)
      view.onEvent({ type: 'joined', account: member.account.address, stake: String(staked) })
      const node = await nodeOf(member, { journal, paths, dataset, onEvent: view.onEvent }, context)
      await live(node, context).finally(view.end)
    } finally {
      journal.close()
    }
  } finally {
    paths.lock.release()
  }
}

function entryOf({ options, account, peerKey, network, state, scope }: Membership): Entry {
  const { stake, dir } = options
  return { account, peerKey, contracts: network.contracts, state, scope, stake, dir }
}

/** Shows what taking part means, and asks; whoever agreed before is not asked again. */
async function agree(
  { options, account, network, plan, state }: Membership,
  { journal, report }: { readonly journal: AllianceJournal; readonly report: DataReport },
  context: Context,
): Promise<void> {
  const where = `Alliance ${state.id} of the network ${network.directory} on chain ${account.chainId}`
  context.stderr.write(`${cleanText(describeAlliance(plan, { state, where, report }))}\n\n`)
  const federation = roleWords(options)
  await askConsent(plan.cid, { ...options, federation, earlier: journal.consent() }, context)
  journal.saveConsent(plan.cid, context.now())
}

type NodeParts = {
  readonly journal: AllianceJournal
  readonly paths: AlliancePaths
  readonly dataset: Dataset
  onEvent(event: AllianceEvent): void
}

async function nodeOf(member: Membership, parts: NodeParts, context: Context): Promise<VotingNode> {
  const { options, account, network, plan, state, scope } = member
  const { journal, paths, onEvent } = parts
  const { manifest } = plan
  const { contracts } = network
  const attacker = allianceAttacker(member, context)
  const dataset = attacker?.spoilRows?.(parts.dataset) ?? parts.dataset
  const blobs = createBlobStore(paths.blobs)
  const place = { alliance: lower(contracts.alliance), id: state.id, fromBlock: network.since }
  const logger = context.logger.child({ part: 'alliance' })
  const peers = await whileChainIsAway(context, () =>
    createAlliancePeers(account, { ...place, logger }),
  )
  checkPeer(member, peers.peerOf(account.address))
  const chain = createAllianceChain(account, { contracts, id: state.id })
  const pace = account.chainId === LOCAL_CHAIN_ID ? LOCAL_PACE : PUBLIC_PACE
  return createReachingAlliance(
    { manifest, scope, ...pace, bootstrap: options.bootstrap ?? [] },
    {
      chain: attacker?.spoilChain?.(chain) ?? chain,
      peers,
      journal,
      blobs,
      createHost: (rules) => hostOf(member, { rules, blobs }, context),
      createEngine: () => openDaemonEngine(options, context),
      data: holdOut(dataset, { share: HELD_SHARE, seed: manifest.seed }),
      ...(attacker?.spoilUpdate === undefined ? {} : { spoilUpdate: attacker.spoilUpdate }),
      drawSalt: () => randomBytes(SALT_BYTES),
      async saveModel(bytes) {
        await writePrivate(paths.model, bytes)
        return paths.model
      },
      onEvent,
      logger,
      now: context.now,
    },
    context.reach,
  )
}

/** Others would not know this node by the key that it has now. */
function checkPeer({ account, peerKey }: Membership, joinedAs: string | undefined): void {
  if (joinedAs === peerKey.peerId) return
  throw new UserError(
    'refused',
    `account ${account.address} takes part in this alliance with another peer key (${joinedAs ?? 'one whose binding does not hold'})`,
    {
      code: 'OTHER_PEER_KEY',
      hint: 'Use the data directory that joined (--dir), or resign and join again.',
    },
  )
}

function hostOf(
  { options, account, peerKey, scope, state }: Membership,
  { rules, blobs }: { readonly rules: HostRules; readonly blobs: BlobStore },
  { logger, now }: Context,
): Host {
  const { chainId } = account
  // Everybody may have to fetch from everybody: who proposes and who votes is drawn anew each round.
  const neighbours = state.terms.maxParticipants
  const where = { chainId, scenario: scope, blobs, neighbours }
  return createHost(
    { peerKey, ...networkOf(options), ...where },
    { rules, logger: logger.child({ part: 'host' }), clock: now },
  )
}

async function live(node: VotingNode, { signal }: Context): Promise<void> {
  signal.addEventListener('abort', () => void node.stop())
  try {
    await node.start()
    if (signal.aborted) await node.stop()
    await node.done
  } finally {
    await node.stop()
  }
}

function lower(address: string): AddressText {
  return `0x${address.slice(2).toLowerCase()}`
}
