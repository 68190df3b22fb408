import type { Context } from '../framework/context.ts'
import type { MemberPlan } from '../members/read-member-plan.ts'
import type { ScenarioPaths } from '../runtime/scenario-directory.ts'
import type { BlobSource } from './blob-source.ts'
import type { ChainFacts } from './chain-facts.ts'
import type { KnownRounds } from './known-rounds.ts'
import type { VerifyOptions } from './verify-scenario.ts'

/** Where one verification stands. */
export type Work = {
  readonly options: VerifyOptions
  readonly context: Context
  readonly facts: ChainFacts | undefined
  readonly paths: ScenarioPaths
  readonly known: KnownRounds
  /** In a federation without a chain, the manifest that this directory keeps. */
  readonly members: MemberPlan | undefined
  readonly source: BlobSource
  readonly scratch: string
  say(text: string): void
}
