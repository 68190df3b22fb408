import { defineCommand } from '../../../framework/command.ts'
import { modelArguments } from '../../../options/model.ts'
import { modelPredictOptions } from './options.ts'

export const modelPredictCommand = defineCommand({
  name: 'model predict',
  summary: 'predict rows of a file with a trained model, read as in training',
  example: 'fednode model predict --dir operator --data new.csv --out predictions.csv',
  arguments: modelArguments,
  options: modelPredictOptions,
  load: () => import('./handler.ts'),
})
