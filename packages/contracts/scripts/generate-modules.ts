import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type AbiItem = { type: string; name?: string; inputs?: readonly { type: string }[] }
type Artifact = {
  abi: AbiItem[]
  bytecode: { object: string }
  deployedBytecode: { object: string }
}
type Contract = { name: string; file: string; constant: string; deployed: boolean }

const CONTRACTS: readonly Contract[] = [
  { name: 'Orchestrator', file: 'orchestrator.ts', constant: 'orchestrator', deployed: true },
  { name: 'Scenario', file: 'scenario.ts', constant: 'scenario', deployed: false },
  { name: 'MeanPool', file: 'mean-pool.ts', constant: 'meanPool', deployed: true },
  { name: 'ClientToken', file: 'client-token.ts', constant: 'clientToken', deployed: false },
  { name: 'LocalCurrency', file: 'local-currency.ts', constant: 'localCurrency', deployed: true },
  {
    name: 'WrappedCurrency',
    file: 'wrapped-currency.ts',
    constant: 'wrappedCurrency',
    deployed: true,
  },
  {
    name: 'AttesterResolver',
    file: 'attester-resolver.ts',
    constant: 'attesterResolver',
    deployed: true,
  },
  {
    name: 'AggregatorLease',
    file: 'aggregator-lease.ts',
    constant: 'aggregatorLease',
    deployed: true,
  },
]

/** EIP-170. */
const MAX_CODE_BYTES = 24_576

/**
 * Text of the generated modules. A call into one contract may fail in another of the family, so every ABI carries the errors of all.
 * @param out - forge's artifact directory, compiled.
 */
export function generateModules(out: string): { file: string; text: string }[] {
  const artifacts = CONTRACTS.map((contract) => readArtifact(out, contract.name))
  const errors = uniqueErrors(artifacts)
  return CONTRACTS.map((contract, i) => {
    const artifact = artifacts[i]
    if (artifact === undefined) throw new Error(`no artifact for ${contract.name}`)
    return { file: contract.file, text: moduleText(contract, artifact, errors) }
  })
}

function readArtifact(out: string, name: string): Artifact {
  const path = join(out, `${name}.sol`, `${name}.json`)
  const artifact = JSON.parse(readFileSync(path, 'utf8')) as Artifact
  const size = (artifact.deployedBytecode.object.length - 2) / 2
  if (size > MAX_CODE_BYTES)
    throw new Error(`${name} is ${size} bytes, more than ${MAX_CODE_BYTES}`)
  return artifact
}

function uniqueErrors(artifacts: readonly Artifact[]): AbiItem[] {
  const bySignature = new Map<string, AbiItem>()
  for (const item of artifacts.flatMap(({ abi }) => abi)) {
    if (item.type === 'error') bySignature.set(signature(item), item)
  }
  return [...bySignature.values()].sort((a, b) => (signature(a) < signature(b) ? -1 : 1))
}

function signature(item: AbiItem): string {
  return `${item.name}(${(item.inputs ?? []).map(({ type }) => type).join(',')})`
}

function moduleText(contract: Contract, artifact: Artifact, errors: readonly AbiItem[]): string {
  const items = [...artifact.abi.filter(({ type }) => type !== 'error'), ...errors]
  const lines = items.map((item) => `  ${JSON.stringify(item)},`)
  const abi = `export const ${contract.constant}Abi = [\n${lines.join('\n')}\n] as const\n`
  const bytecode = `export const ${contract.constant}Bytecode: \`0x\${string}\` =\n  '${artifact.bytecode.object}'\n`
  const head = '// Written by scripts/build.ts from the Solidity sources; do not edit.\n\n'
  return contract.deployed ? `${head}${abi}\n${bytecode}` : `${head}${abi}`
}
