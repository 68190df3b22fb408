import path from 'node:path'
import {
  type AllianceState,
  type ChainAccount,
  LOCAL_CHAIN_ID,
  type Network,
  readAlliance,
} from '@fednode/contracts'
import { type DataReport, loadTrainingRows } from '@fednode/engine'
import {
  type AddressText,
  allianceScope,
  type Cid,
  createBlobStore,
  UserError,
} from '@fednode/protocol'
import { createAllianceChain } from '../../alliance/alliance-chain.ts'
import type { AllianceEvent } from '../../alliance/alliance-events.ts'
import {
  ALLIANCE_JOURNAL_FILE,
  type AllianceJournal,
  createAllianceJournal,
} from '../../alliance/alliance-journal.ts'
import { createAlliancePeers } from '../../alliance/alliance-peers.ts'
import { auditedAlliance } from '../../alliance/audited-alliance.ts'
import { checkAlliancePlan } from '../../alliance/check-alliance-plan.ts'
import { describeAlliance } from '../../alliance/describe-alliance.ts'
import { describeAllianceEvent } from '../../alliance/describe-alliance-event.ts'
import { type OwnRows, splitOwnRows } from '../../alliance/split-own-rows.ts'
import type { AuditLog } from '../../audit/open-audit-log.ts'
import { openNetwork } from '../../chain/open-network.ts'
import { createReachingAlliance } from '../../debug/create-reaching-alliance.ts'
import { openDaemonEngine } from '../../engines/open-daemon-engine.ts'
import type { Context } from '../../framework/context.ts'
import type { Plan } from '../../plan/plan.ts'
import { readPlanFile } from '../../plan/read-plan-file.ts'
import { openScenarioDirectory, type ScenarioPaths } from '../../runtime/scenario-directory.ts'
import { unlessStopped } from '../../runtime/unless-stopped.ts'
import { whileChainIsAway } from '../../runtime/while-chain-is-away.ts'
import { writePrivate } from '../../runtime/write-private.ts'
import { checkPeer } from '../../voting/check-peer.ts'
import { drawSalt } from '../../voting/draw-salt.ts'
import { keptPlace } from '../../voting/kept-place.ts'
import { paceOf } from '../../voting/pace-of.ts'
import { runUntilDone } from '../../voting/run-until-done.ts'
import { showNode } from '../../voting/show-node.ts'
import type { VotingNode } from '../../voting/voting-node.ts'
import { agree } from './agree.ts'
import { allianceAttacker } from './alliance-attacker.ts'
import { checkAttack } from './check-attack.ts'
import { checkFloors } from './check-floors.ts'
import { type Entry, enterAlliance } from './enter-alliance.ts'
import type { JoinOptions } from './handler.ts'
import { manifestFile } from './manifest-file.ts'
import { memberHost } from './member-host.ts'
import { roomOf } from './row-room.ts'
import { runMember, type Self } from './run-member.ts'
import { whileAudited } from './while-audited.ts'

/** How long a node stays at the end, for those who have not got the model yet, in ms. */
const LOCAL_LINGER_MS = 5_000
const PUBLIC_LINGER_MS = 600_000
const NUMBER = /^\d{1,15}$/

type Membership = Self & {
  readonly options: JoinOptions
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
  return runMember(options, context, async (self) => {
    const { account } = self
    checkAttack(options, account.chainId)
    const { network, state } = await whileChainIsAway(context, () => findAlliance(options, account))
    const plan = await readPlanFile(manifestFile(options, 'an alliance’s', context))
    checkAlliancePlan(plan, state.terms.manifest)
    const scope = allianceScope(network.contracts.alliance, state.id)
    await takePart({ ...self, options, network, state, plan, scope }, context)
  })
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

async function takePart(member: Membership, context: Context): Promise<void> {
  const { options, plan, scope } = member
  const { dataset, report } = await unlessStopped(context.signal, () =>
    loadTrainingRows(options.dataFile, plan.manifest.data, roomOf(options)),
  )
  checkFloors(plan.manifest, report, options.force)
  const { seed } = plan.manifest
  const rows = await splitOwnRows(dataset, { seed, memoryBytes: options.memoryLimit })
  const paths = openScenarioDirectory(options.directory, scope)
  try {
    const journal = createAllianceJournal(path.join(paths.directory, ALLIANCE_JOURNAL_FILE))
    try {
      const { state, account } = member
      const place = keptPlace(`alliance:${state.id}`, 'alliance', account)
      const text = shown(member, report)
      await agree({ options, venue: 'alliance', plan, place, text, journal }, context)
      const nameOf = (cid: Cid): string =>
        journal.models().includes(cid) ? 'model' : 'contribution'
      // Before anything is staked: without its log it could do no duty.
      await whileAudited({ ...paths, nameOf }, context, async (audit) => {
        const staked = await whileChainIsAway(context, () =>
          enterAlliance(entryOf(member), context.signal),
        )
        const view = showNode(context, describeAllianceEvent)
        view.onEvent({ type: 'joined', account: account.address, stake: String(staked) })
        const parts = { journal, paths, rows, audit, onEvent: view.onEvent }
        const node = await nodeOf(member, parts, context)
        await runUntilDone(node, context.signal).finally(view.end)
      })
    } finally {
      journal.close()
    }
  } finally {
    paths.lock.release()
  }
}

function shown({ account, network, plan, state }: Membership, report: DataReport): string {
  const where = `Alliance ${state.id} of the network ${network.directory} on chain ${account.chainId}`
  return describeAlliance(plan, { state, where, report })
}

function entryOf({ options, account, peerKey, network, state, scope }: Membership): Entry {
  const { stake, dir } = options
  return { account, peerKey, contracts: network.contracts, state, scope, stake, dir }
}

type NodeParts = {
  readonly journal: AllianceJournal
  readonly paths: ScenarioPaths
  readonly rows: OwnRows
  readonly audit: AuditLog
  onEvent(event: AllianceEvent): void
}

async function nodeOf(member: Membership, parts: NodeParts, context: Context): Promise<VotingNode> {
  const { options, account, clock, network, plan, state, scope } = member
  const { journal, paths, rows, audit, onEvent } = parts
  const { manifest } = plan
  const { contracts } = network
  const attacker = allianceAttacker(member, context)
  const spoil = attacker?.spoilRows ?? (<Rows>(rows: Rows): Rows => rows)
  const blobs = createBlobStore(paths.blobs)
  const place = { alliance: contracts.alliance, id: state.id, fromBlock: network.since }
  const logger = context.logger.child({ part: 'alliance' })
  const peers = await whileChainIsAway(context, () =>
    createAlliancePeers(account, { ...place, logger }),
  )
  checkPeer(peers, member)
  const onChain = createAllianceChain(account, { contracts, id: state.id, clock })
  const chain = auditedAlliance(onChain, audit, contracts.alliance)
  const { chainId } = account
  const lingerMs = chainId === LOCAL_CHAIN_ID ? LOCAL_LINGER_MS : PUBLIC_LINGER_MS
  const neighbours = state.terms.maxParticipants
  return createReachingAlliance(
    { manifest, scope, ...paceOf(chainId), lingerMs, bootstrap: options.bootstrap ?? [] },
    {
      chain: attacker?.spoilChain?.(chain) ?? chain,
      peers,
      journal,
      blobs,
      createHost: (rules) =>
        memberHost({ ...member, neighbours }, { rules, blobs, audit }, context),
      createEngine: () => openDaemonEngine(options, context),
      data: { trained: spoil(rows.trained), held: spoil(rows.held) },
      ...(attacker?.spoilUpdate === undefined ? {} : { spoilUpdate: attacker.spoilUpdate }),
      drawSalt,
      async saveModel(bytes) {
        await writePrivate(paths.model, bytes)
        return paths.model
      },
      onEvent,
      logger,
      elapsed: () => performance.now(),
    },
    context.reach,
  )
}
