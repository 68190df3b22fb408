import type { RewardRoot, Rewards } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { momentText } from '../../framework/moment-text.ts'
import { exactAmountText } from '../../framework/number-text.ts'

/** The root that waits. @throws {UserError} refused NO_ROOT_PENDING. */
export function waitingRoot({ pending }: Pick<Rewards, 'pending'>): RewardRoot {
  if (pending !== undefined) return pending
  throw new UserError('refused', 'no root of rewards waits', {
    code: 'NO_ROOT_PENDING',
    hint: 'fednode rewards status  shows what counts.',
  })
}

/** A root in a line. */
export function rootName({ epoch, total }: RewardRoot): string {
  return `root ${epoch}: ${exactAmountText(total)} FDN in all`
}

/** A root that waits, in words. */
export function rootText(waiting: RewardRoot, { challenge }: Pick<Rewards, 'challenge'>): string {
  const { root, activeFrom } = waiting
  return [
    rootName(waiting),
    `  root   ${root}`,
    `  waits  until ${momentText(BigInt(activeFrom))}`,
    ...(challenge === undefined
      ? []
      : [
          `  bond   ${exactAmountText(challenge.bond)} FDN of ${challenge.challenger.toLowerCase()} say that it is wrong`,
        ]),
  ].join('\n')
}
