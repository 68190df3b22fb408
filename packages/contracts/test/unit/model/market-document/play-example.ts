import { EXACT_BITS } from '../../../../src/model/exact-number.ts'
import { exactPower } from '../../../../src/model/exact-power.ts'
import { priceImpact } from '../../../../src/price-impact.ts'
import type { ExampleTerms } from './example-terms.ts'
import type { ExampleWorld } from './example-world.ts'

const WAD = 10n ** 18n
const DAY = 86_400n
const HOUR = 3_600n
const WHOLE_SHARE = 1_000_000_000n

/** Numbers of the example that people choose: read from the document, like its terms. */
export type ExampleInputs = {
  readonly buy: bigint
  readonly sell: bigint
  readonly northShare: bigint
  readonly northShareAgain: bigint
  readonly exitShares: bigint
}

/** Every number of the example by its label in docs/MARKET.md: wei, or 1e18 = 1. */
export type ExampleFigures = ReadonlyMap<string, bigint>

/** Plays the worked example in a world and collects its numbers. */
export async function playExample(
  world: ExampleWorld,
  terms: ExampleTerms,
  inputs: ExampleInputs,
): Promise<ExampleFigures> {
  const figures = new Map<string, bigint>()
  await playOpening(world, figures)
  await playBuy(world, figures, { terms, inputs })
  await playFirstRound(world, figures, { terms, inputs })
  await playStream(world, figures, inputs)
  await playLpIncome(world, figures)
  await world.registerLate('west', 10n * DAY)
  await playDispute(world, figures, inputs)
  await playLateListing(world, figures, inputs)
  await playEnd(world, figures)
  return figures
}

async function playOpening(world: ExampleWorld, figures: Map<string, bigint>): Promise<void> {
  await world.openMarket('paula', 0n)
  figures.set('O1', await world.price(0))
  figures.set('O2', await world.lpSupply())
  figures.set('O3', await world.lpShares('north'))
  figures.set(
    'O4',
    (await world.lpSupply()) -
      (await world.lpShares('north')) -
      (await world.lpShares('south')) -
      (await world.lpShares('paula')),
  )
}

type Given = { readonly terms: ExampleTerms; readonly inputs: ExampleInputs }

async function playBuy(
  world: ExampleWorld,
  figures: Map<string, bigint>,
  { terms, inputs }: Given,
): Promise<void> {
  const [balances, weights] = [await world.balances(), await world.weights()]
  const amountIn = inputs.buy
  const amountOut = await world.swap('ivy', { tokenIn: 0, tokenOut: 1, amountIn }, HOUR)
  const side = (at: number): { balance: bigint; weight: bigint } => ({
    balance: balances[at] ?? 0n,
    weight: weights[at] ?? 0n,
  })
  figures.set('B2', (amountIn * terms.swapFee) / WAD)
  figures.set('B3', amountOut)
  figures.set('B4', (amountIn * WAD) / amountOut)
  figures.set(
    'B5',
    priceImpact({ in: side(0), out: side(1), amountIn, amountOut, fee: terms.swapFee }),
  )
  figures.set('B6', await world.price(0))
}

async function playFirstRound(
  world: ExampleWorld,
  figures: Map<string, bigint>,
  { terms, inputs }: Given,
): Promise<void> {
  const pot = await world.scheduledPot(1)
  figures.set('R1', pot)
  await world.fundRound(1, pot, DAY - HOUR)
  const shares = sharesOf(inputs.northShare)
  await world.assertRound(1, shares, DAY)
  await world.finalize(1, shares, 2n * DAY)
  figures.set('R3', (pot * (shares[0] ?? 0n)) / WHOLE_SHARE)
  figures.set('R4', (pot * (shares[1] ?? 0n)) / WHOLE_SHARE)
  // A thousand tokens hold a second long: read as the difference of what a holder is owed.
  const [before, after] = [
    await world.owed('north', 0, 3n * DAY),
    await world.owed('north', 0, 4n * DAY),
  ]
  const held = (terms.clientSupply * terms.clientBps) / 10_000n
  figures.set('R5', ((after - before) * 1_000n * WAD) / held)
  figures.set('R6', await world.potOf(2))
}

async function playStream(
  world: ExampleWorld,
  figures: Map<string, bigint>,
  { sell }: ExampleInputs,
): Promise<void> {
  const half = 5n * DAY + DAY / 2n
  figures.set('S1', await world.claim('ivy', 0, half))
  figures.set(
    'S3',
    await world.swap('ivy', { tokenIn: 1, tokenOut: 0, amountIn: sell }, half + HOUR),
  )
  const end = 9n * DAY
  figures.set('S4', await world.owed('ivy', 0, end))
  figures.set('S5', await world.owed('north', 0, end))
  figures.set('S6', await world.owed('south', 1, end))
  figures.set(
    'S7',
    (await world.owed('federator', 0, end)) + (await world.owed('federator', 1, end)),
  )
}

async function playLpIncome(world: ExampleWorld, figures: Map<string, bigint>): Promise<void> {
  const end = 9n * DAY
  figures.set('L1', await world.poolOwed(end))
  figures.set('L3', await world.lpOwed('south', end))
  figures.set('L2', await world.claimLp('paula', end + HOUR))
}

async function playLateListing(
  world: ExampleWorld,
  figures: Map<string, bigint>,
  { exitShares }: ExampleInputs,
): Promise<void> {
  const worth = async (): Promise<bigint> =>
    (((await world.balances())[0] ?? 0n) * exitShares) / (await world.lpSupply())
  figures.set('W1', await world.price(0))
  figures.set('W7', await worth())
  await world.listClient(15n * DAY)
  const weights = await world.weights()
  figures.set('W2', await world.price(0))
  figures.set('W3', await world.price(2))
  figures.set('W4', weights[0] ?? 0n)
  figures.set('W5', weights[1] ?? 0n)
  figures.set('W6', weights[3] ?? 0n)
  figures.set('W8', await worth())
}

async function playDispute(
  world: ExampleWorld,
  figures: Map<string, bigint>,
  { northShareAgain }: ExampleInputs,
): Promise<void> {
  const scheduled = await world.scheduledPot(2)
  figures.set('D1', scheduled)
  await world.fundRound(2, scheduled, 11n * DAY - HOUR)
  figures.set('D2', await world.assertRound(2, [WHOLE_SHARE, 0n], 11n * DAY))
  figures.set('D3', await world.dispute('watcher', 2, 11n * DAY + HOUR))
  const { award, toPot } = await world.resolve(2, false, 12n * DAY + HOUR)
  figures.set('D4', award)
  figures.set('D5', toPot)
  figures.set('D6', await world.withdrawBond('watcher', 12n * DAY + 2n * HOUR))
  figures.set('D7', await world.potOf(2))
  figures.set('D8', await world.assertionBond())
  const shares = sharesOf(northShareAgain)
  await world.assertRound(2, shares, 13n * DAY)
  await world.finalize(2, shares, 14n * DAY)
}

async function playEnd(world: ExampleWorld, figures: Map<string, bigint>): Promise<void> {
  figures.set('D10', await world.owed('south', 1, 21n * DAY))
  figures.set('D11', await world.withdrawBond('federator', 21n * DAY + HOUR))
}

function sharesOf(north: bigint): readonly bigint[] {
  const first = (north * WHOLE_SHARE) / WAD
  return [first, WHOLE_SHARE - first]
}

/**
 * What an LP has less than someone who only held, when one token of weight `weight` becomes `factor` times as dear; 1e18 = 100 %,
 * rounded down. 1 - factor^w / (w factor + 1 - w).
 */
export function divergenceLoss(weight: bigint, factor: bigint): bigint {
  const grown = exactPower(
    { numerator: factor, denominator: 1n },
    { numerator: weight, denominator: WAD },
  )
  const held = weight * factor + WAD - weight
  return WAD - (((grown * WAD * WAD) / held) >> EXACT_BITS)
}
