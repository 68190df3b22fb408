import { existsSync } from 'node:fs'
import path from 'node:path'
import { loadTrainingRows } from '@fednode/engine'
import { type PeerKey, UserError } from '@fednode/protocol'
import { cleanText } from '../../framework/clean-line.ts'
import type { Context } from '../../framework/context.ts'
import { loadPeerKey } from '../../identity/load-identity.ts'
import { keepMemberPlan } from '../../members/kept-member-plan.ts'
import { createMemberRegistry } from '../../members/member-registry.ts'
import { memberScope } from '../../members/member-scope.ts'
import { readInvitedPlan } from '../../members/read-invited-plan.ts'
import { type MemberPlan, readMemberPlan } from '../../members/read-member-plan.ts'
import { diskHasRoom } from '../../metrics/disk-has-room.ts'
import { observed } from '../../metrics/observed.ts'
import type { Monitor } from '../../metrics/start-monitor.ts'
import { openScenarioDirectory, scenarioPaths } from '../../runtime/scenario-directory.ts'
import { unlessStopped } from '../../runtime/unless-stopped.ts'
import type { SiloEvent } from '../../silo/events.ts'
import { readConsent } from '../../silo/read-silo-journal.ts'
import { createSiloJournal } from '../../silo/silo-journal.ts'
import { askConsent } from './ask-consent.ts'
import { checkAttack } from './check-attack.ts'
import { checkFloors } from './check-floors.ts'
import type { JoinOptions } from './handler.ts'
import { roomOf } from './row-room.ts'
import { showPlan } from './show-plan.ts'
import { showSilo } from './show-silo.ts'
import { type SiloParts, startSilo } from './start-silo.ts'

/**
 * Takes part in a federation without a chain, as the member that its manifest names.
 * @throws {UserError} NOT_A_MEMBER (refused), and as join.
 */
export async function joinByMembers(
  options: JoinOptions,
  context: Context,
  monitor: Monitor<SiloEvent>,
): Promise<void> {
  const { signal } = context
  const peerKey = await loadPeerKey(options.directory)
  const plan = await readPlan(options, context, peerKey)
  const scope = memberScope(plan.cid)
  checkAttack(options, scope.chainId)
  checkMember(plan, options.name, peerKey)
  const kept = scenarioPaths(options.directory, scope.scenario)
  const view = observed(
    showSilo(context, { name: options.name, rounds: plan.manifest.rounds.count }),
    monitor,
  )
  // Written after the last round only.
  if (existsSync(kept.model)) return view.onEvent({ type: 'finished', model: kept.model })
  const { dataset, report } = await unlessStopped(signal, () =>
    loadTrainingRows(options.dataFile, plan.manifest.data, roomOf(options)),
  )
  checkFloors(plan.manifest, report, options.force)
  monitor.meet('data', () => true)
  const where = `By its manifest alone, without a chain: ${plan.source}`
  context.stderr.write(`${cleanText(showPlan(plan, { where, report }))}\n\n`)
  await askConsent(
    plan.cid,
    { ...options, earlier: readConsent(kept.directory), venue: 'federation' },
    context,
  )
  await live({ options, context, peerKey, plan, data: dataset, view, monitor })
}

/** From the file that was given, or as an invite says. */
async function readPlan(
  { federation, memberInvite, directory }: JoinOptions,
  { cwd, logger, signal }: Context,
  peerKey: PeerKey,
): Promise<MemberPlan> {
  if (memberInvite === undefined) return readMemberPlan(path.resolve(cwd, federation))
  return unlessStopped(signal, () =>
    readInvitedPlan(memberInvite, { directory, peerKey, logger, signal }),
  )
}

/** From here on this process is the only one in the federation's directory. */
async function live(
  silo: Omit<SiloParts, 'plan' | 'venue' | 'paths' | 'journal'> & { readonly plan: MemberPlan },
): Promise<void> {
  const { options, context, plan, monitor } = silo
  const scope = memberScope(plan.cid)
  const paths = openScenarioDirectory(options.directory, scope.scenario)
  try {
    keepMemberPlan(paths.directory, plan)
    monitor.meet('disk', () => diskHasRoom(paths.directory))
    const journal = createSiloJournal(paths.siloJournal)
    try {
      journal.saveConsent(plan.cid, context.now())
      const venue = {
        ...scope,
        registry: createMemberRegistry(plan.manifest),
        registering: false,
        readEndpoint: async () => [],
      }
      const running = await startSilo({ ...silo, venue, paths, journal })
      await running.done
    } finally {
      journal.close()
    }
  } finally {
    paths.lock.release()
  }
}

function checkMember({ manifest, source }: MemberPlan, name: string, { peerId }: PeerKey): void {
  const own = manifest.members.silos.find((silo) => silo.peerId === peerId)
  if (own?.name === name) return
  const what =
    own === undefined
      ? `${source} does not name this peer (${peerId}) as a member`
      : `${source} names this silo "${own.name}", not "${name}"`
  throw new UserError('refused', what, {
    code: 'NOT_A_MEMBER',
    hint:
      own === undefined
        ? 'Give the --dir whose peer key is listed, or ask the federator to list this one.'
        : `Give  --name ${own.name}.`,
  })
}
