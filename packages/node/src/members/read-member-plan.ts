import { type MemberManifest, UserError } from '@fednode/protocol'
import type { Plan } from '../plan/plan.ts'
import { readPlanFile } from '../plan/read-plan-file.ts'

/** A plan that names its members itself. */
export type MemberPlan = Plan & { readonly manifest: MemberManifest }

/** Reads the manifest of a federation without a chain. @throws {UserError} as readPlanFile; HAS_CHAIN (usage). */
export async function readMemberPlan(file: string): Promise<MemberPlan> {
  const plan = await readPlanFile(file)
  const { manifest } = plan
  if (manifest.chain === 'none') return { ...plan, manifest }
  throw new UserError('usage', `${file}: this federation is for a chain`, {
    code: 'HAS_CHAIN',
    hint: 'Put it on one with  fednode federation create  and give the address of its Scenario.',
  })
}
