import type { Objective } from '@fednode/protocol'
import { EngineError } from '../../errors.ts'
import { wholeModel } from '../../models/full-weights.ts'
import { type ModelPlan, planModel } from '../../models/model-plan.ts'
import { effectiveValues } from '../effective-values.ts'
import type { ExportedModel } from '../exported-model.ts'
import { addLayer } from './add-layer.ts'
import { encodeOnnx } from './encode-onnx.ts'
import { createOnnxGraph, type OnnxGraph } from './onnx-graph.ts'

/** Name of the model's input: rows as the federation's data describes them, encoded and scaled. */
const INPUT = 'rows'
/** Name of the output by what the model learns; a value is scaled as the label is. */
const OUTPUTS: Readonly<Record<Objective['kind'], string>> = {
  classes: 'probabilities',
  value: 'values',
  risk: 'log_risks',
  reconstruction: 'reconstructions',
}
/** A message of Protocol Buffers holds 2 GiB: these as float32, and room for names. */
const MAX_ONNX_WEIGHTS = 530_000_000

/**
 * A model as an ONNX file (opset 17): input "rows" [n, ...feature shape], one output [n, outputs], both float32.
 * @returns the file's bytes.
 * @throws {EngineError} SHAPE_MISMATCH when the weights are not of the model; UNSUPPORTED_MODEL, also above 2 GiB.
 * @see https://github.com/onnx/onnx/blob/main/docs/IR.md
 */
export function onnxModel({ model, weights, notes }: ExportedModel): Uint8Array {
  const plan = planModel(model)
  const { values } = wholeModel(plan, weights)
  if (values.length > MAX_ONNX_WEIGHTS) throw tooLarge(values.length)
  const graph = createOnnxGraph()
  const output = OUTPUTS[plan.objective.kind]
  graph.rename(addLayers(graph, plan, values), output)
  return encodeOnnx({
    graph,
    notes,
    input: { name: INPUT, shape: plan.featureShape },
    output: { name: output, shape: [plan.outputs] },
  })
}

function addLayers(graph: OnnxGraph, { layers }: ModelPlan, values: Float32Array): string {
  return layers.reduce<string>((input, layer) => {
    const parts = new Map(
      layer.tensors.map((tensor) => [tensor.name, effectiveValues(layer, tensor, values)]),
    )
    // Layers ask for tensors of their own plan only.
    const valuesOf = (name: string) => parts.get(name) as Float32Array
    return addLayer({ graph, layer, input, valuesOf })
  }, INPUT)
}

function tooLarge(size: number): EngineError {
  const reason = `${size} weights: an ONNX file holds at most 2 GiB; export safetensors`
  return new EngineError(reason, { code: 'UNSUPPORTED_MODEL', reason })
}
