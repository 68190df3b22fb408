import { readFileSync } from 'node:fs'
import { formatUnits } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  connectChain,
  deployNetwork,
  type GovernedParameter,
  readGovernedParameters,
  readNetwork,
  startAnvil,
} from '../../../../src/index.ts'
import { accountOf } from '../../../support/accounts.ts'
import { networkTerms } from '../../../support/network.ts'

const DOCUMENT = new URL('../../../../../../docs/NETWORK.md', import.meta.url)
const ROW = /^\| ([a-z]+\.[a-z-]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| [^|]+ \|$/

/** What the network's deployer decides: of these the document says "deployed" for the first value. */
const DEPLOYED = [
  'stake.thawing',
  'dao.voting-delay',
  'dao.voting-period',
  'dao.late-extension',
  'timelock.delay',
]
const DEPLOYED_GROUPS = /^(alliance|beacon)\./
/** Bounds that follow from what was deployed. */
const DEPLOYED_LEAST = [
  'stake.thawing',
  'dao.voting-delay',
  'dao.voting-period',
  'timelock.delay',
] as const
const DEPLOYED_MOST = 'dao.late-extension'

const TIMES = [
  ['day', 86_400n],
  ['hour', 3_600n],
  ['minute', 60n],
  ['second', 1n],
] as const

describe('the parameters of docs/NETWORK.md', () => {
  let anvil: Anvil
  let parameters: readonly GovernedParameter[]

  beforeAll(async () => {
    anvil = await startAnvil()
    const reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    const founder = await accountOf(reader, 'founder')
    const deployer = await accountOf(reader, 'deployer')
    const { directory } = await deployNetwork(deployer, await networkTerms(reader, founder))
    parameters = await readGovernedParameters(reader, await readNetwork(reader, { directory }))
  }, 120_000)
  afterAll(() => anvil?.stop())

  it('are all that governance may change, as a new network has them, with their bounds', () => {
    expect(readRows()).toEqual(Object.fromEntries(parameters.map(rowOf)))
  })
})

function readRows(): Readonly<Record<string, readonly string[]>> {
  const lines = readFileSync(DOCUMENT, 'utf8').split('\n')
  const rows = lines.flatMap((line) => {
    const [, name, ...cells] = ROW.exec(line) ?? []
    return name === undefined ? [] : [[name, cells] as const]
  })
  return Object.fromEntries(rows)
}

function rowOf({ name, unit, value, min, max }: GovernedParameter) {
  const deployed = DEPLOYED.includes(name) || DEPLOYED_GROUPS.test(name)
  const least = DEPLOYED_LEAST.some((one) => one === name)
  const cells = [
    deployed ? 'deployed' : written(unit, value),
    least ? 'deployed' : written(unit, min),
    name === DEPLOYED_MOST ? 'deployed' : written(unit, max),
  ]
  return [name, cells] as const
}

/** As the document writes a value. */
function written(unit: GovernedParameter['unit'], value: bigint): string {
  if (unit === 'seconds') return writtenTime(value)
  if (unit === 'bps') return `${formatUnits(value, 2)} %`
  if (unit === 'percent') return `${value} %`
  if (unit === 'tokens') return `${grouped(String(value))} FDN`
  if (unit === 'wei') return `${grouped(formatUnits(value, 18))} FDN`
  return unit === 'fixed' ? formatUnits(value, 18) : String(value)
}

function writtenTime(value: bigint): string {
  const fitting = TIMES.find(([, seconds]) => value !== 0n && value % seconds === 0n)
  const [name, seconds] = fitting ?? (['second', 1n] as const)
  const count = value / seconds
  return `${grouped(String(count))} ${name}${count === 1n ? '' : 's'}`
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}
