import { describe, expect, it } from 'vitest'
import { parseFigure, writeFigure } from '../market-document/figure-units.ts'
import { type Figure, readFigures } from '../market-document/read-figures.ts'
import { computeAlliance } from './compute-alliance.ts'
import { computeArena } from './compute-arena.ts'
import { computeGovernance, computeSale } from './compute-governance.ts'
import { computeEmission, computePenalties, computeStake } from './compute-stake.ts'

/** Labels that the examples take from the document; all others they compute. */
const INPUTS = [
  ...['W1', 'W2', 'W4', 'M1', 'D1', 'D2', 'D3', 'D4', 'S1', 'S3', 'S4'],
  ...['A1', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8'],
  ...['C1', 'C2', 'C3', 'C4', 'C6', 'C7', 'C8', 'C9', 'C11', 'C12', 'C13', 'C14'],
  ...['L1', 'L3', 'L4', 'L5', 'L6', 'P1', 'P9'],
  ...['G1', 'G3', 'K1', 'K2', 'K3', 'K5', 'K6', 'K7'],
]

describe('the examples of docs/NETWORK.md', () => {
  const figures = readFigures('NETWORK.md')
  const amountAt = (label: string): bigint => parseFigure(figures.get(label) as Figure)
  const sections = [
    computeStake,
    computeEmission,
    computeArena,
    computeAlliance,
    computePenalties,
    computeGovernance,
    computeSale,
  ] as const

  it('are every number that the models give, and no other', () => {
    const computed = sections.flatMap((compute) => compute(amountAt))
    const expected = computed.map(([label, value]) => [
      label,
      writeFigure(value, figures.get(label)?.unit ?? ''),
    ])
    const stated = [...figures].filter(([label]) => !INPUTS.includes(label))
    expect(Object.fromEntries(stated.map(([label, { value }]) => [label, value]))).toEqual(
      Object.fromEntries(expected),
    )
  })
})
