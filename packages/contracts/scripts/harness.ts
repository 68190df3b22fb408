import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import {
  type Abi,
  createTestClient,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  http,
  publicActions,
} from 'viem'
import { foundry } from 'viem/chains'
import { ROOT } from './forge.ts'

const FILE = 'solidity/test/differential/PoolMathHarness.sol'
const NAME = 'PoolMathHarness'
/** Anywhere: nothing else is on the chain. */
const AT = '0x00000000000000000000000000000000000ca1c0'

/** What is compiled: foundry.toml's default profile, so that the arithmetic is that of the deployed pool. */
const SETTINGS = {
  viaIR: true,
  optimizer: { enabled: true, runs: 10_000 },
  evmVersion: 'osaka',
  remappings: ['solady/=node_modules/solady/src/', '@openzeppelin/=node_modules/@openzeppelin/'],
  outputSelection: { '*': { [NAME]: ['abi', 'evm.deployedBytecode.object'] } },
}

type Solc = {
  readonly compile: (
    input: string,
    callbacks: { import: (path: string) => { contents: string } },
  ) => string
}
type Output = {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[]
  readonly contracts?: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly abi: Abi
            readonly evm: { readonly deployedBytecode: { readonly object: string } }
          }
        >
      >
    >
  >
}

/** Runs one of the harness's functions on rows of numbers. */
export type Harness = (name: string, numbers: readonly bigint[]) => Promise<readonly bigint[]>

/** Puts the harness on a chain of one's own. @param rpcUrl - of an anvil. */
export async function createHarness(rpcUrl: string): Promise<Harness> {
  const { abi, code } = compile()
  const client = createTestClient({
    chain: foundry,
    mode: 'anvil',
    transport: http(rpcUrl),
  }).extend(publicActions)
  await client.setCode({ address: AT, bytecode: code })
  return async (functionName, numbers) => {
    const data = encodeFunctionData({ abi, functionName, args: [numbers] })
    const result = await client.call({ to: AT, data })
    return decodeFunctionResult({
      abi,
      functionName,
      data: result.data ?? '0x',
    }) as readonly bigint[]
  }
}

function compile(): { abi: Abi; code: Hex } {
  // The npm compiler has no types.
  const solc = createRequire(import.meta.url)('solc') as Solc
  const read = (path: string): { contents: string } => ({
    contents: readFileSync(join(ROOT, path), 'utf8'),
  })
  const input = {
    language: 'Solidity',
    sources: { [FILE]: { content: read(FILE).contents } },
    settings: SETTINGS,
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: read })) as Output
  const contract = output.contracts?.[FILE]?.[NAME]
  if (contract !== undefined)
    return { abi: contract.abi, code: `0x${contract.evm.deployedBytecode.object}` }
  throw new Error((output.errors ?? []).map(({ formattedMessage }) => formattedMessage).join('\n'))
}
