import path from 'node:path'
import { createEngine, loadFeatures, type RowRoom, readColumn } from '@fednode/engine'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { findModel, type ModelChoice } from '../../../model/find-model.ts'
import { measureLabelled } from '../../../model/measure-labelled.ts'
import { modelChoice } from '../../../model/model-choice.ts'
import { modelOrigin } from '../../../model/model-origin.ts'
import { predictedBlocks } from '../../../model/predicted-blocks.ts'
import { predictionFormat } from '../../../model/prediction-format.ts'
import { predictionTable } from '../../../model/prediction-table.ts'
import { type PredictionFormat, writePredictions } from '../../../model/write-predictions.ts'
import type { modelArguments } from '../../../options/model.ts'
import { dataSource } from '../../../plan/data-source.ts'
import { describePredictions } from './describe-predictions.ts'
import type { modelPredictOptions } from './options.ts'

type Args = ArgsOf<typeof modelArguments> & ArgsOf<typeof modelPredictOptions>
type Options = Pick<Args, 'id' | 'engine'> & {
  readonly room: RowRoom
  readonly choice: ModelChoice
  readonly source: string
  readonly out: { readonly file: string; readonly format: PredictionFormat }
}

export function init(args: Args, { cwd }: Context): Options {
  const { id, engine, data, out, memoryLimit } = args
  const file = path.resolve(cwd, out)
  return {
    ...{ id, engine },
    choice: modelChoice(args, cwd),
    source: dataSource(cwd, data),
    // Where predictions of the rows may be, the rows may be too.
    room: { memoryBytes: memoryLimit, directory: path.dirname(file) },
    out: { file, format: predictionFormat(out) },
  }
}

export async function run(options: Options): Promise<Outcome> {
  const { choice, source, room, out, id, engine: backend } = options
  const found = await findModel(choice)
  const { manifest, data } = found
  const loaded = await loadFeatures(source, data, room)
  const { rowNumbers, report } = loaded
  const ids = id === undefined ? {} : { ids: await readColumn(source, id) }
  const engine = await createEngine({ backend })
  const blocks = predictedBlocks(engine, found, loaded)
  const table = predictionTable({ task: manifest.task, data, blocks, rowNumbers, ...ids })
  await writePredictions(table, out)
  if ('file' in loaded.rows) loaded.rows.file.close()
  const measured = await measureLabelled(found, { source, room, engine })
  engine.dispose()
  const summary = {
    file: out.file,
    columns: table.columns.map(({ name }) => name),
    rows: report.rows,
    predicted: rowNumbers.length,
    measured,
  }
  return {
    data: { ...modelOrigin(found), ...summary },
    text: describePredictions(found, summary),
  }
}
