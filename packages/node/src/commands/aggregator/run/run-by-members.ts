import path from 'node:path'
import type { CoordinatorEvent } from '@fednode/aggregator'
import { loadDataset } from '@fednode/engine'
import { createBlobStore, type PeerKey, UserError } from '@fednode/protocol'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { loadPeerKey } from '../../../identity/load-identity.ts'
import { keepMemberPlan } from '../../../members/kept-member-plan.ts'
import { createMemberRegistry } from '../../../members/member-registry.ts'
import { memberScope } from '../../../members/member-scope.ts'
import { type MemberPlan, readMemberPlan } from '../../../members/read-member-plan.ts'
import { diskHasRoom } from '../../../metrics/disk-has-room.ts'
import { observed } from '../../../metrics/observed.ts'
import type { Monitor } from '../../../metrics/start-monitor.ts'
import { openScenarioDirectory } from '../../../runtime/scenario-directory.ts'
import { unlessStopped } from '../../../runtime/unless-stopped.ts'
import { openStart, type StartPlace } from '../../../start/open-start.ts'
import { checkValidation } from './check-validation.ts'
import type { aggregatorRunOptions } from './options.ts'
import { showAggregator } from './show-aggregator.ts'
import { startAggregator } from './start-aggregator.ts'

/** What a federation without a chain is run with. */
export type MemberRunOptions = ArgsOf<typeof aggregatorRunOptions> & {
  /** As the user wrote it. */
  readonly manifest: string
  readonly directory: string
  readonly dataFile: string
  readonly startFile: StartPlace['file']
}

/** Runs a federation by its manifest alone, without chain, account or RPC. @throws {UserError} NOT_FEDERATOR, WRONG_VALIDATION. */
export async function runByMembers(
  options: MemberRunOptions,
  context: Context,
  monitor: Monitor<CoordinatorEvent>,
): Promise<void> {
  const { signal, cwd } = context
  const plan = await readMemberPlan(path.resolve(cwd, options.manifest))
  const peerKey = await loadPeerKey(options.directory)
  checkAggregator(plan, peerKey)
  await unlessStopped(signal, () => checkValidation(plan, options))
  const { dataset: validation } = await unlessStopped(signal, () =>
    loadDataset(options.dataFile, plan.manifest.data),
  )
  monitor.meet('data', () => true)
  const scope = memberScope(plan.cid)
  const paths = openScenarioDirectory(options.directory, scope.scenario)
  try {
    keepMemberPlan(paths.directory, plan)
    monitor.meet('disk', () => diskHasRoom(paths.directory))
    const start = await openStart(plan.manifest, {
      file: options.startFile,
      blobs: createBlobStore(paths.blobs),
    })
    const view = observed(showAggregator(context, plan), monitor)
    const venue = {
      ...scope,
      registry: createMemberRegistry(plan.manifest),
      readAnchors: async () => new Map(),
    }
    const aggregator = await startAggregator({
      ...{ options, context, peerKey, venue, plan, validation, start, paths, view, monitor },
    })
    await aggregator.done
  } finally {
    paths.lock.release()
  }
}

function checkAggregator({ manifest, source }: MemberPlan, { peerId }: PeerKey): void {
  const { aggregator } = manifest.members
  if (aggregator === peerId) return
  throw new UserError('refused', `${source}: the aggregator is ${aggregator}, not ${peerId}`, {
    code: 'NOT_FEDERATOR',
    hint: 'Give the --dir whose peer key the manifest names as members.aggregator.',
  })
}
