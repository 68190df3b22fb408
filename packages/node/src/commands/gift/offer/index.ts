import { defineCommand } from '../../../framework/command.ts'
import { offerArguments, offerOptions } from './options.ts'

export const giftOfferCommand = defineCommand({
  name: 'gift offer',
  summary: 'share tokens of your own with your delegators: each takes its part until the gift ends',
  example:
    'fednode gift offer parts.csv --token 0x5FbDB2315678afecb367f032d93F642f64180aa3 --days 30 --dir host',
  arguments: offerArguments,
  options: offerOptions,
  load: () => import('./handler.ts'),
})
