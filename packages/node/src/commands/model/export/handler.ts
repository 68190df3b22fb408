import path from 'node:path'
import { type ExportedModel, onnxModel, TFJS_WEIGHTS_FILE, tfjsModel } from '@fednode/engine'
import { encodeWeights, modelSpecOf, UserError } from '@fednode/protocol'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { bytesText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { findModel, type ModelChoice } from '../../../model/find-model.ts'
import { memoryWarning } from '../../../model/memory-warning.ts'
import { modelChoice } from '../../../model/model-choice.ts'
import { modelNotes } from '../../../model/model-notes.ts'
import { modelOrigin } from '../../../model/model-origin.ts'
import { personalWarning } from '../../../model/personal-warning.ts'
import { writeResult } from '../../../model/write-result.ts'
import type { modelArguments } from '../../../options/model.ts'
import type { modelExportOptions } from './options.ts'

type Args = ArgsOf<typeof modelArguments> & ArgsOf<typeof modelExportOptions>
type Format = Args['format']
type Options = { readonly choice: ModelChoice; readonly format: Format; readonly out: string }

/** Endings that say what a file is; tfjs is written to a folder. */
const ENDINGS: Readonly<Record<string, Format>> = { '.safetensors': 'safetensors', '.onnx': 'onnx' }

/** @throws {UserError} usage BAD_OPTION. */
export function init(args: Args, { cwd }: Context): Options {
  const { format, out } = args
  const ending = path.extname(out)
  const other = ENDINGS[ending.toLowerCase()] ?? format
  if (other !== format)
    throw new UserError(
      'usage',
      `--out ${out}: ${ending} is not the ending of --format ${format}`,
      {
        code: 'BAD_OPTION',
        hint: `Give  --format ${other}  or another name.`,
      },
    )
  return { choice: modelChoice(args, cwd), format, out: path.resolve(cwd, out) }
}

export async function run({ choice, format, out }: Options): Promise<Outcome> {
  const found = await findModel(choice)
  const notes = modelNotes(found)
  const { manifest, weights } = found
  const files = filesOf(format, { model: modelSpecOf(manifest), weights, notes }, out)
  for (const { file, bytes } of files) await writeResult(file, bytes)
  const written = files.map(({ file, bytes }) => ({ file, bytes: bytes.length }))
  const lines = written.map(({ file, bytes }) => `${file}  ${bytesText(bytes)}`)
  const warnings = [memoryWarning(found), personalWarning(found)].filter(
    (text) => text !== undefined,
  )
  const model = `${manifest.name}${found.kept === undefined ? '' : `, round ${found.kept.round}`}`
  return {
    data: {
      ...{ format, ...modelOrigin(found), weights: weights.values.length },
      ...{ files: written, warnings },
    },
    text: [
      `Model of ${model}, ${weights.values.length} weights, as ${format}:`,
      ...lines,
      ...warnings.map((text) => `Beware: ${text}`),
    ].join('\n'),
  }
}

type ModelFile = { readonly file: string; readonly bytes: Uint8Array }

function filesOf(format: Format, exported: ExportedModel, out: string): readonly ModelFile[] {
  switch (format) {
    case 'safetensors':
      return [{ file: out, bytes: encodeWeights(exported.weights, exported.notes) }]
    case 'onnx':
      return [{ file: out, bytes: onnxModel(exported) }]
    case 'tfjs': {
      const { json, weights } = tfjsModel(exported)
      return [
        { file: path.join(out, TFJS_WEIGHTS_FILE), bytes: weights },
        { file: path.join(out, 'model.json'), bytes: new TextEncoder().encode(json) },
      ]
    }
  }
}
