import { createGram, type GramRow } from '../slices/create-gram.ts'
import { eachSliceInTurns } from './each-slice.ts'
import type { Gram, RowPlan, Strategy } from './strategy.ts'
import type { AggregationInput, UpdateSource, ValueSink } from './types.ts'
import { updateNotFinite } from './update-not-finite.ts'

/** Inner products as far as the strategy wants any; see gramOf. */
export async function gramFor(
  strategy: Strategy,
  input: AggregationInput,
  keep?: (name: string) => ValueSink,
): Promise<Gram> {
  const plan = strategy.kind === 'adaptive' ? undefined : strategy.rows
  return plan === undefined ? () => 0 : gramOf(plan, input, keep)
}

/**
 * Inner products of all rows that a strategy plans, in one pass over the updates; on the way the silos' histories of the next round are
 * kept, those of silos that sent nothing as they are.
 * @param input - checked.
 * @throws {AggregatorError} UPDATE_NOT_FINITE.
 */
async function gramOf(
  plan: RowPlan,
  input: AggregationInput,
  keep?: (name: string) => ValueSink,
): Promise<Gram> {
  const { updates, base, state } = input
  const centre = plan.centre === undefined ? undefined : state.get(plan.centre)
  const rows = updates.map((update) => rowOf(plan, update, state))
  const gram = createGram(centre === undefined ? rows : [...rows, { source: centre }], base)
  const sinks = keep === undefined ? [] : historySinks(plan, input, keep)
  await eachSliceInTurns(base.length, (start, count) => {
    const row = gram.addSlice(start, count)
    sinks.forEach((sink, i) => {
      sink.write(start, row(i))
    })
  })
  updates.forEach(({ silo }, i) => {
    if (!Number.isFinite(gram.product(i, i))) throw updateNotFinite(silo)
  })
  if (keep !== undefined) await carryOver(plan, input, keep)
  return gram.product
}

function rowOf(plan: RowPlan, source: UpdateSource, state: AggregationInput['state']): GramRow {
  const history = state.get(`${plan.history}/${source.silo}`)
  const weights = plan.weightsOf(history !== undefined)
  return { source, change: { ...weights, ...(history !== undefined && { history }) } }
}

function historySinks(
  plan: RowPlan,
  { updates }: AggregationInput,
  keep: (name: string) => ValueSink,
): ValueSink[] {
  return plan.history === undefined
    ? []
    : updates.map(({ silo }) => keep(`${plan.history}/${silo}`))
}

async function carryOver(
  plan: RowPlan,
  { updates, state, base }: AggregationInput,
  keep: (name: string) => ValueSink,
): Promise<void> {
  const present = new Set(updates.map(({ silo }) => `${plan.history}/${silo}`))
  const absent = [...state].filter(
    ([name]) => name.startsWith(`${plan.history}/`) && !present.has(name),
  )
  for (const [name, source] of absent) {
    const sink = keep(name)
    await eachSliceInTurns(base.length, (start, count) => {
      const values = new Float32Array(count)
      source.read(start, values)
      sink.write(start, values)
    })
  }
}
