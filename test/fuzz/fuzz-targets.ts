import type { FuzzTarget } from './fuzz-target.ts'
import { chainTargets } from './targets/chain-answers.ts'
import { codecTargets } from './targets/codecs.ts'
import { evidenceTargets } from './targets/evidence.ts'
import { fileTargets } from './targets/host-files.ts'
import { inviteTargets } from './targets/invites.ts'
import { manifestTargets } from './targets/manifests.ts'
import { messageTargets } from './targets/messages.ts'
import { statisticsTargets } from './targets/statistics.ts'
import { streamTargets } from './targets/streams.ts'
import { textTargets } from './targets/texts.ts'

/** Every parser of something that comes from outside. */
export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  ...messageTargets,
  ...statisticsTargets,
  ...codecTargets,
  ...manifestTargets,
  ...evidenceTargets,
  ...streamTargets,
  ...textTargets,
  ...inviteTargets,
  ...fileTargets,
  ...chainTargets,
]
