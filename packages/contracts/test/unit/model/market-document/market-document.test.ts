import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Anvil, type ChainReader, connectChain, startAnvil } from '../../../../src/index.ts'
import { createChainWorld } from './chain-world.ts'
import { readTerms } from './example-terms.ts'
import { parseFigure, writeFigure } from './figure-units.ts'
import { createModelWorld } from './model-world.ts'
import {
  divergenceLoss,
  type ExampleFigures,
  type ExampleInputs,
  playExample,
} from './play-example.ts'
import { type Figure, readFigures } from './read-figures.ts'

const WAD = 10n ** 18n
/** Labels that the example takes from the document; all others it computes. */
const INPUTS = ['B1', 'S2', 'R2', 'D9', 'W9']

describe('the worked example of docs/MARKET.md', () => {
  const figures = readFigures('MARKET.md')
  const amountAt = (label: string): bigint => parseFigure(figures.get(label) as Figure)
  const terms = readTerms(amountAt)
  const inputs: ExampleInputs = {
    buy: amountAt('B1'),
    sell: amountAt('S2'),
    northShare: amountAt('R2'),
    northShareAgain: amountAt('D9'),
    exitShares: amountAt('W9'),
  }
  let anvil: Anvil
  let reader: ChainReader
  let model: ExampleFigures

  beforeAll(async () => {
    anvil = await startAnvil()
    reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    model = await playExample(createModelWorld(terms), terms, inputs)
  }, 60_000)

  afterAll(() => anvil?.stop())

  it('states every number that the model gives, and no other', () => {
    const computed = new Map(model)
    for (const [label, weight, factor] of [
      ['V1', WAD / 4n, 2n],
      ['V2', WAD / 4n, 10n],
    ] as const) {
      computed.set(label, divergenceLoss(weight, factor))
    }
    const stated = [...figures].filter(
      ([label]) => !label.startsWith('T') && !INPUTS.includes(label),
    )
    const expected = [...computed].map(([label, value]) => [
      label,
      writeFigure(value, figures.get(label)?.unit ?? ''),
    ])
    expect(new Map(stated.map(([label, { value }]) => [label, value]))).toEqual(
      new Map(expected as [string, string][]),
    )
  })

  it('happens on a chain exactly so, to the wei', async () => {
    const chain = await playExample(await createChainWorld(reader, terms), terms, inputs)
    expect(chain).toEqual(model)
  }, 60_000)
})
