import { defaulted, optional, required } from '../../../framework/option.ts'
import { choice, filePath, text } from '../../../framework/value-type.ts'
import { memoryOptions } from '../../../options/memory.ts'
import { modelOptions } from '../../../options/model.ts'

export const modelPredictOptions = {
  data: required(filePath(), 'the rows: a file, a folder of images, or one SELECT'),
  out: required(filePath(), 'file to write, by its ending: .csv, .jsonl or .parquet'),
  id: optional(text('COLUMN'), 'column of the data to copy, so that rows are recognised'),
  engine: defaulted(choice('ENGINE', ['wasm', 'cpu']), 'wasm', 'what to compute on: wasm, cpu'),
  ...memoryOptions,
  ...modelOptions,
} as const
