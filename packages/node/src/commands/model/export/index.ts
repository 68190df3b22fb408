import { defineCommand } from '../../../framework/command.ts'
import { modelArguments } from '../../../options/model.ts'
import { modelExportOptions } from './options.ts'

export const modelExportCommand = defineCommand({
  name: 'model export',
  summary: 'write a trained model for Python, browsers or ONNX Runtime',
  example: 'fednode model export --dir operator --format onnx --out model.onnx',
  arguments: modelArguments,
  options: modelExportOptions,
  load: () => import('./handler.ts'),
})
