import path from 'node:path'
import { createEngine, loadFeatures, readColumn } from '@fednode/engine'
import { modelSpecOf } from '@fednode/protocol'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { findModel, type ModelChoice } from '../../../model/find-model.ts'
import { labelScale } from '../../../model/label-scale.ts'
import { measureLabelled } from '../../../model/measure-labelled.ts'
import { modelChoice } from '../../../model/model-choice.ts'
import { modelOrigin } from '../../../model/model-origin.ts'
import { predictionFormat } from '../../../model/prediction-format.ts'
import { predictionTable } from '../../../model/prediction-table.ts'
import { type PredictionFormat, writePredictions } from '../../../model/write-predictions.ts'
import type { modelArguments } from '../../../options/model.ts'
import { dataSource } from '../../../plan/data-source.ts'
import { describePredictions } from './describe-predictions.ts'
import type { modelPredictOptions } from './options.ts'

type Args = ArgsOf<typeof modelArguments> & ArgsOf<typeof modelPredictOptions>
type Options = Pick<Args, 'id' | 'engine'> & {
  readonly choice: ModelChoice
  readonly source: string
  readonly out: { readonly file: string; readonly format: PredictionFormat }
}

export function init(args: Args, { cwd }: Context): Options {
  const { id, engine, data, out } = args
  return {
    ...{ id, engine },
    choice: modelChoice(args, cwd),
    source: dataSource(cwd, data),
    out: { file: path.resolve(cwd, out), format: predictionFormat(out) },
  }
}

export async function run({ choice, source, out, id, engine: backend }: Options): Promise<Outcome> {
  const found = await findModel(choice)
  const { manifest, data, weights } = found
  const { rows, rowNumbers, report } = await loadFeatures(source, data)
  const ids = id === undefined ? {} : { ids: await readColumn(source, id) }
  const engine = await createEngine({ backend })
  const values = engine.predict(modelSpecOf(manifest), weights, rows, labelScale(data))
  const table = predictionTable({ task: manifest.task, data, values, rowNumbers, ...ids })
  await writePredictions(table, out)
  const measured = await measureLabelled(found, { source, engine })
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
