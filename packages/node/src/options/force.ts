import { PLAN_FLOORS } from '@fednode/protocol'
import { repeated } from '../framework/option.ts'
import { choice } from '../framework/value-type.ts'

/** Floors of a plan that an administrator goes below by name. */
export const forceOptions = {
  force: repeated(
    choice('CODE', PLAN_FLOORS),
    'take part though the plan is below this floor: your rows may be recognised in what is sent',
  ),
} as const
