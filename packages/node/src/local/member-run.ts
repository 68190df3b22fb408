import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type RoundRecord, readRounds } from '@fednode/aggregator'
import {
  type AddressText,
  type Cid,
  encodeManifest,
  formatManifestYaml,
  type MemberManifest,
} from '@fednode/protocol'
import { createKeys } from '../identity/create-identity.ts'
import { PEER_KEY_FILE } from '../identity/identity.ts'
import { loadPeerKey } from '../identity/load-identity.ts'
import { memberScope } from '../members/member-scope.ts'
import { scenarioPaths } from '../runtime/scenario-directory.ts'
import type { ChildEvent } from './child-events.ts'
import type { Child } from './child-process.ts'
import type { FederationDeps, FederationOptions } from './federation.ts'
import type { FederationPlan } from './plan.ts'
import { advance, initialProgress } from './progress.ts'
import { createRunState } from './run-state.ts'
import { startArgs } from './start-args.ts'
import { type ParticipantHome, startParticipant } from './start-participant.ts'
import { planTitle } from './terminal/plan-title.ts'
import { sayFailedTraining } from './terminal/say-failed-training.ts'

const SHARED = ['--listen', '/ip4/127.0.0.1/tcp/0', '--json', '--log-level', 'info'] as const
/** Processes start and listen within this, in seconds, also on a slow machine. */
const START_SECONDS = 120
/** Aggregating, assessing and announcing a round, in seconds, beyond its deadline. */
const ROUND_GRACE_SECONDS = 120
const PRIVATE_FILE = 0o600

/** What a run without a chain came to. */
export type MemberRunResult = {
  readonly scenario: AddressText
  readonly manifestCid: Cid
  readonly manifest: MemberManifest
  readonly rounds: readonly RoundRecord[]
}

type MemberRunOptions = Omit<FederationOptions, 'plan'> & {
  readonly plan: FederationPlan<MemberManifest>
}

/**
 * Runs a whole federation without a chain on this machine to its end: an aggregator and its silos as processes of their own. Its members are
 * new: their keys are made here, and the manifest that runs names them.
 * @throws {LocalError} LOCAL_CHILD_ENDED, LOCAL_TIMEOUT; the signal's reason when it fires.
 */
export async function runByMembersLocally(
  { plan, directory, env }: MemberRunOptions,
  { view, signal }: FederationDeps,
): Promise<MemberRunResult> {
  const listening = Promise.withResolvers<readonly string[]>()
  const state = createRunState({
    initial: initialProgress(
      plan.silos.map(({ name }) => name),
      plan.manifest.rounds.count,
    ),
    advance,
    onChange: (progress, event: ChildEvent) => {
      view.show(progress)
      sayFailedTraining(view, event)
      if (event.from === 'aggregator' && event.event.type === 'listening') {
        listening.resolve(event.event.addresses)
      }
    },
  })
  const children: Child[] = []
  const onAbort = (): void => state.fail(signal.reason)
  signal.addEventListener('abort', onAbort)
  try {
    signal.throwIfAborted()
    view.line(planTitle(plan))
    const work = play({ plan, children, directory, env, state, listening: listening.promise })
    return await Promise.race([work, state.failed])
  } finally {
    signal.removeEventListener('abort', onAbort)
    view.close()
    await Promise.all(children.map((child) => child.stop()))
  }
}

async function play(
  run: ParticipantHome & {
    readonly plan: FederationPlan<MemberManifest>
    readonly children: Child[]
    readonly listening: Promise<readonly string[]>
  },
): Promise<MemberRunResult> {
  const { plan, directory, state, children } = run
  const manifest = await withOwnMembers(plan, run)
  const { cid } = encodeManifest(manifest)
  const file = path.join(directory.root, 'federation.yaml')
  await writeFile(file, formatManifestYaml(manifest), { mode: PRIVATE_FILE })
  const lead = ['aggregator', 'run', file, '--dir', directory.aggregator]
  const held = ['--data', plan.validationFile, ...startArgs(plan), ...SHARED]
  const aggregator = { role: 'aggregator', name: 'aggregator' } as const
  children.push(startParticipant(run, aggregator, [...lead, ...held]))
  const [address = ''] = await run.listening
  for (const { name, file: rows } of plan.silos) {
    const own = ['--dir', directory.siloOf(name), '--name', name, '--data', rows]
    const known = ['--bootstrap', address, '--accept', cid, ...SHARED]
    children.push(startParticipant(run, { role: 'silo', name }, ['join', file, ...own, ...known]))
  }
  const { count, deadlineSeconds } = manifest.rounds
  const seconds = START_SECONDS + count * (deadlineSeconds + ROUND_GRACE_SECONDS)
  await state.until('the last round', seconds, ({ step }) => step === 'finished')
  await Promise.all(children.map((child) => child.done))
  const { scenario } = memberScope(cid)
  const journal = scenarioPaths(directory.aggregator, scenario).directory
  return { scenario, manifestCid: cid, manifest, rounds: readRounds(journal) }
}

/** Keys of strangers are not here to act with: everybody gets new ones. */
async function withOwnMembers(
  { manifest, silos }: FederationPlan<MemberManifest>,
  { directory }: ParticipantHome,
): Promise<MemberManifest> {
  const peerIdIn = async (home: string): Promise<string> => {
    await createKeys(home, [PEER_KEY_FILE])
    return (await loadPeerKey(home)).peerId
  }
  const members = {
    aggregator: await peerIdIn(directory.aggregator),
    silos: await Promise.all(
      silos.map(async ({ name }) => ({ name, peerId: await peerIdIn(directory.siloOf(name)) })),
    ),
  }
  return { ...manifest, members }
}
