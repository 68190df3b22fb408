import { ELEMENT_TYPES } from './element-types.ts'
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor } from './onnx-graph.ts'
import {
  bytesField,
  floatField,
  integerField,
  type Message,
  message,
  repeated,
  textField,
} from './protobuf-writer.ts'

/** A value that goes into a model or comes out of it: float32 [rows, ...shape]. */
export type OnnxPort = { readonly name: string; readonly shape: readonly number[] }

/** A model ready to be written. */
export type OnnxDocument = {
  readonly graph: OnnxGraph
  readonly input: OnnxPort
  readonly output: OnnxPort
  readonly notes: Readonly<Record<string, string>>
}

const IR_VERSION = 8
const OPSET = 17
const PRODUCER = 'fednode'
/** Kinds of attributes (onnx.proto3, AttributeProto.AttributeType). */
const KIND = { float: 1, int: 2, ints: 7 } as const

/** The bytes of a ModelProto; field numbers are those of onnx.proto3. */
export function encodeOnnx({ graph, input, output, notes }: OnnxDocument): Message {
  const graphProto = message(
    repeated(graph.nodes, (node, index) => bytesField(1, encodeNode(node, index))),
    textField(2, PRODUCER),
    repeated(graph.tensors, (tensor) => bytesField(5, encodeTensor(tensor))),
    bytesField(11, encodePort(input)),
    bytesField(12, encodePort(output)),
  )
  return message(
    integerField(1, IR_VERSION),
    textField(2, PRODUCER),
    bytesField(7, graphProto),
    bytesField(8, message(textField(1, ''), integerField(2, OPSET))),
    repeated(Object.entries(notes), ([key, value]) =>
      bytesField(14, message(textField(1, key), textField(2, value))),
    ),
  )
}

function encodeNode({ operator, inputs, outputs, attributes }: OnnxNode, index: number): Message {
  return message(
    repeated(inputs, (name) => textField(1, name)),
    repeated(outputs, (name) => textField(2, name)),
    textField(3, `${operator}_${index}`),
    textField(4, operator),
    repeated(Object.entries(attributes), ([name, value]) =>
      bytesField(5, encodeAttribute(name, value)),
    ),
  )
}

function encodeAttribute(name: string, value: OnnxAttribute): Message {
  const label = textField(1, name)
  if (typeof value === 'number')
    return message(label, integerField(3, value), integerField(20, KIND.int))
  if ('float' in value)
    return message(label, floatField(2, value.float), integerField(20, KIND.float))
  return message(
    label,
    repeated(value, (one) => integerField(8, one)),
    integerField(20, KIND.ints),
  )
}

function encodeTensor({ name, shape, values }: OnnxTensor): Message {
  return message(
    repeated(shape, (length) => integerField(1, length)),
    integerField(2, ELEMENT_TYPES[values instanceof Float32Array ? 'float' : 'int64']),
    textField(8, name),
    // Hosts are little-endian, as the format is.
    bytesField(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  )
}

/** ValueInfoProto: how many rows there are is left open. */
function encodePort({ name, shape }: OnnxPort): Message {
  const rows = bytesField(1, textField(2, 'n'))
  const lengths = repeated(shape, (length) => bytesField(1, integerField(1, length)))
  const tensorType = message(
    integerField(1, ELEMENT_TYPES.float),
    bytesField(2, message(rows, lengths)),
  )
  return message(textField(1, name), bytesField(2, bytesField(1, tensorType)))
}
