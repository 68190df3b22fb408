import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { networkAccessAbi } from '../../../src/generated/network/network-access.ts'
import { timelockAbi } from '../../../src/generated/network/timelock.ts'
import {
  type Anvil,
  type ChainReader,
  connectChain,
  deployNetwork,
  startAnvil,
} from '../../../src/index.ts'
import {
  type ManagedContract,
  NETWORK_PERMISSIONS,
  NETWORK_ROLES,
  selectorOf,
} from '../../../src/network-roles.ts'
import { accountOf } from '../../support/accounts.ts'
import { createNetwork, networkTerms, type TestNetwork } from '../../support/network.ts'

const SOURCES = join(import.meta.dirname, '..', '..', '..', 'solidity', 'network')
const DEPLOYER = 'deployer'

/** Which contract of the table is which of the sources, with the parts that it is made of. */
const FILES: Readonly<Record<ManagedContract, readonly string[]>> = {
  emission: ['EmissionController'],
  taskEmission: ['TaskEmission'],
  lockedStake: ['LockedStake'],
  stakeManager: [
    'StakeManager',
    'StakeState',
    'OwnStake',
    'DelegationPools',
    'Thawing',
    'Slashing',
  ],
  beacon: ['RandomBeacon', 'BeaconFallback'],
  registry: ['TaskRegistry', 'ArenaState', 'ArenaTasks', 'ArenaRounds'],
  alliance: ['Alliance', 'AllianceState', 'AllianceMembers', 'AllianceMoney', 'AllianceRounds'],
  rewards: ['MerkleRewards'],
  market: ['ModelMarket', 'Bounties', 'Credits'],
  topModels: ['TopModels'],
}

describe('a network that was deployed', () => {
  let anvil: Anvil
  let reader: ChainReader
  let network: TestNetwork

  beforeAll(async () => {
    anvil = await startAnvil()
    reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    network = await createNetwork(reader)
  }, 120_000)
  afterAll(() => anvil?.stop())

  const access = () => ({ address: network.contracts.access, abi: networkAccessAbi }) as const

  it('lets exactly those call restricted functions whom the table names', async () => {
    for (const permission of NETWORK_PERMISSIONS) {
      const role = await reader.public.readContract({
        ...access(),
        functionName: 'getTargetFunctionRole',
        args: [network.contracts[permission.contract], selectorOf(permission)],
      })
      expect(role, `${permission.contract}.${permission.signature}`).toBe(
        NETWORK_ROLES[permission.role],
      )
    }
  })

  it('gives each role to its holders at once, and to nobody else', async () => {
    const { contracts } = network
    const guardian = await accountOf(reader, 'guardian')
    const updater = await accountOf(reader, 'updater')
    const deployer = await accountOf(reader, DEPLOYER)
    const holders = {
      governance: [contracts.timelock],
      staking: [contracts.registry, contracts.alliance],
      updater: [updater.address],
      guardian: [guardian.address],
    } as const
    const everybody = [
      ...Object.values(contracts),
      guardian.address,
      updater.address,
      deployer.address,
      network.founder.address,
    ]
    for (const [role, named] of Object.entries(holders)) {
      for (const account of everybody) {
        const [isMember, delay] = await reader.public.readContract({
          ...access(),
          functionName: 'hasRole',
          args: [NETWORK_ROLES[role as keyof typeof holders], account],
        })
        const expected = (named as readonly string[]).includes(account)
        expect(isMember, `${role}: ${account}`).toBe(expected)
        expect(delay).toBe(0)
      }
    }
  })

  it('leaves its timelock to the Dao, and to no administrator', async () => {
    const { timelock, dao } = network.contracts
    const deployer = await accountOf(reader, DEPLOYER)
    const read = { address: timelock, abi: timelockAbi } as const
    const admin = await reader.public.readContract({ ...read, functionName: 'DEFAULT_ADMIN_ROLE' })
    const proposer = await reader.public.readContract({ ...read, functionName: 'PROPOSER_ROLE' })
    const has = (role: `0x${string}`, account: `0x${string}`) =>
      reader.public.readContract({ ...read, functionName: 'hasRole', args: [role, account] })
    expect(await has(admin, deployer.address)).toBe(false)
    expect(await has(admin, timelock)).toBe(true)
    expect(await has(proposer, dao)).toBe(true)
    expect(await has(proposer, deployer.address)).toBe(false)
  })

  // The table is complete: what is restricted in the sources stands in it, and nothing else does.
  it('has every restricted function of the sources in its table', () => {
    const named = Object.entries(FILES).flatMap(([contract, files]) =>
      files.flatMap(restrictedIn).map((name) => `${contract}.${name}`),
    )
    const listed = NETWORK_PERMISSIONS.map(
      ({ contract, signature }) => `${contract}.${signature.slice(0, signature.indexOf('('))}`,
    )
    expect(listed.toSorted()).toEqual(named.toSorted())
  })

  it('knows every source with a restricted function', () => {
    const known = new Set(Object.values(FILES).flat())
    const restricted = readdirSync(SOURCES)
      .filter((file) => file.endsWith('.sol'))
      .map((file) => file.slice(0, -'.sol'.length))
      .filter((file) => restrictedIn(file).length > 0)
    expect(restricted.filter((file) => !known.has(file))).toEqual([])
  })

  it('is refused on a public chain when its governance would be too quick', async () => {
    const deployer = await accountOf(reader, DEPLOYER)
    const terms = await networkTerms(reader, network.founder)
    await expect(async () =>
      deployNetwork({ ...deployer, chainId: 8453 }, terms),
    ).rejects.toMatchObject({ code: 'NETWORK_TERMS' })
  })
})

/** Names of the functions of a source that have the modifier `restricted`. */
function restrictedIn(file: string): readonly string[] {
  const text = readFileSync(join(SOURCES, `${file}.sol`), 'utf8').replace(/\/\/.*$/gm, '')
  const headers = text.matchAll(/function (\w+)\([^)]*\)([^{;]*)\{/g)
  return [...headers]
    .filter(([, , modifiers = '']) => /\brestricted\b/.test(modifiers))
    .map(([, name = '']) => name)
}
