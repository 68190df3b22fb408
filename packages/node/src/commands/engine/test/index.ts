import { defineCommand } from '../../../framework/command.ts'
import { engineTestArguments, engineTestOptions } from './options.ts'

export const engineTestCommand = defineCommand({
  name: 'engine test',
  summary: 'train tiny models on an engine and compare with stored results',
  example: 'fednode engine test wasm',
  arguments: engineTestArguments,
  options: engineTestOptions,
  load: () => import('./handler.ts'),
})
