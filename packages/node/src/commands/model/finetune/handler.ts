import path from 'node:path'
import { EngineError, loadTrainingRows, type RowRoom, type TrainingProgress } from '@fednode/engine'
import { encodeWeights, layerParts, type Manifest, UserError } from '@fednode/protocol'
import { openEngine, type WantedEngine } from '../../../engines/open-engine.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { findModel, type ModelChoice } from '../../../model/find-model.ts'
import { type FineTuned, type FineTuning, fineTune } from '../../../model/fine-tune.ts'
import { modelChoice } from '../../../model/model-choice.ts'
import { modelNotes } from '../../../model/model-notes.ts'
import { modelOrigin } from '../../../model/model-origin.ts'
import { writeResult } from '../../../model/write-result.ts'
import type { modelArguments } from '../../../options/model.ts'
import { dataSource } from '../../../plan/data-source.ts'
import { createStatusLine } from '../../../runtime/status-line.ts'
import { describeFineTuning } from './describe-fine-tuning.ts'
import type { modelFinetuneOptions } from './options.ts'

type Args = ArgsOf<typeof modelArguments> & ArgsOf<typeof modelFinetuneOptions>
type Options = Pick<Args, 'epochs' | 'rate' | 'freeze' | 'hold' | 'seed'> & {
  readonly wanted: WantedEngine
  readonly room: RowRoom
  readonly choice: ModelChoice
  readonly source: string
  readonly out: string
}

/** A model that has learned already takes smaller steps. */
const RATE_SHARE = 0.1

/** @throws {UserError} usage BAD_OPTION. */
export function init(args: Args, { cwd }: Context): Options {
  const { epochs, rate, freeze, hold, seed, engine, webgpuAdapter } = args
  const out = path.resolve(cwd, args.out)
  if (!out.endsWith('.safetensors'))
    throw new UserError('usage', `--out ${args.out}: a file that ends in .safetensors is written`, {
      code: 'BAD_OPTION',
    })
  return {
    ...{ epochs, rate, freeze, hold, seed, out },
    wanted: { engine, webgpuAdapter },
    // Where the model of these rows may be, the rows may be too.
    room: { memoryBytes: args.memoryLimit, directory: path.dirname(out) },
    choice: modelChoice(args, cwd),
    source: dataSource(cwd, args.data),
  }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { choice, source, room, out, wanted } = options
  const found = await findModel(choice)
  const tuning = tuningOf(options, found.manifest)
  const { dataset } = await loadTrainingRows(source, found.data, room)
  const engine = await openEngine(wanted, context)
  const status = createStatusLine(context.stderr, context.isTty.stderr)
  const onProgress = ({ step, steps, loss }: TrainingProgress): void =>
    status.update(`step ${step} of ${steps}, loss ${loss.toFixed(4)}`)
  try {
    const made = await explained(
      fineTune(found, dataset, { ...tuning, engine, signal: context.signal, onProgress }),
      source,
    )
    const { epochs, learningRate, freeze } = tuning
    const notes = {
      ...modelNotes(found),
      finetuned: JSON.stringify({ epochs, learningRate, freeze }),
    }
    await writeResult(out, encodeWeights(made.weights, notes))
    const { rows, before, after } = made
    const { backend } = engine
    const summary = { file: out, engine: backend, epochs, learningRate, rows, before, after }
    return {
      data: { ...modelOrigin(found), ...summary, better: after.loss < before.loss },
      text: describeFineTuning(found, summary),
    }
  } finally {
    status.end()
    engine.dispose()
    if ('file' in dataset) dataset.file.close()
  }
}

function tuningOf({ epochs, rate, freeze, hold, seed }: Options, manifest: Manifest): FineTuning {
  const { learningRate } = manifest.training
  const known = layerParts(manifest).map(({ name }) => name)
  const unknown = freeze?.find((name) => !known.includes(name))
  if (unknown !== undefined || (freeze && new Set(freeze).size === known.length))
    throw new UserError(
      'usage',
      unknown === undefined
        ? '--freeze: every layer is named, none is left to train'
        : `--freeze ${unknown}: the model has no such layer with weights`,
      { code: 'BAD_OPTION', hint: `Layers with weights: ${known.join(', ')}.` },
    )
  return {
    ...{ epochs, hold, seed },
    learningRate: rate ?? RATE_SHARE * learningRate,
    ...(freeze && { freeze }),
  }
}

/** Too few rows to hold some back is a matter of the data. */
async function explained(tuning: Promise<FineTuned>, source: string): Promise<FineTuned> {
  try {
    return await tuning
  } catch (cause) {
    if (!(cause instanceof EngineError) || cause.info.code !== 'BAD_PLAN') throw cause
    throw new UserError('data', `${source}: ${cause.info.reason}`, {
      code: 'TOO_FEW_ROWS',
      hint: 'Give more rows; of rows that belong together, at least two groups.',
      cause,
    })
  }
}
