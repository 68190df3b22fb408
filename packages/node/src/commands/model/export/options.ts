import { defaulted, required } from '../../../framework/option.ts'
import { choice, filePath } from '../../../framework/value-type.ts'
import { modelOptions } from '../../../options/model.ts'

export const modelExportOptions = {
  format: defaulted(
    choice('FORMAT', ['safetensors', 'tfjs', 'onnx']),
    'safetensors',
    'safetensors (Python and others), tfjs (TensorFlow.js layers) or onnx (opset 17)',
  ),
  out: required(filePath('PATH'), 'file to write, for tfjs a folder; what is there is replaced'),
  ...modelOptions,
} as const
