import { defineCommand } from '../../../framework/command.ts'
import { draftArguments, draftOptions } from './options.ts'

export const giftDraftCommand = defineCommand({
  name: 'gift draft',
  summary:
    'write the table of a gift: a total, split by what each delegator of a position has active',
  example:
    'fednode gift draft 1000 --operator 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --role validator --task arena:3 --out parts.csv',
  arguments: draftArguments,
  options: draftOptions,
  load: () => import('./handler.ts'),
})
