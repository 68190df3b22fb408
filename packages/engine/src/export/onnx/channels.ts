import type { OnnxGraph } from './onnx-graph.ts'

/** [rows, ...space, channels] as [rows, channels, ...space], for `rank` dimensions of space. */
export function channelsFirst(graph: OnnxGraph, value: string, rank: number): string {
  return graph.add('Transpose', [value], { perm: [0, rank + 1, ...spaceOf(rank)] })
}

/** The way back. */
export function channelsLast(graph: OnnxGraph, value: string, rank: number): string {
  return graph.add('Transpose', [value], { perm: [0, ...spaceOf(rank).map((axis) => axis + 1), 1] })
}

function spaceOf(rank: number): number[] {
  return Array.from({ length: rank }, (_, axis) => axis + 1)
}
