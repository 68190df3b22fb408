import {
  BaseError,
  encodeErrorResult,
  HttpRequestError,
  InsufficientFundsError,
  RpcRequestError,
} from 'viem'
import { describe, expect, it } from 'vitest'
import { ChainError } from '../../src/chain-error.ts'
import { codeOfError, explainFailure } from '../../src/explain-failure.ts'
import { familyErrorsAbi } from '../../src/family-errors.ts'
import { aggregatorLeaseAbi } from '../../src/generated/aggregator-lease.ts'
import { attesterResolverAbi } from '../../src/generated/attester-resolver.ts'
import { clientTokenAbi } from '../../src/generated/client-token.ts'
import { localCurrencyAbi } from '../../src/generated/local-currency.ts'
import { meanPoolAbi } from '../../src/generated/mean-pool.ts'
import { orchestratorAbi } from '../../src/generated/orchestrator.ts'
import { scenarioAbi } from '../../src/generated/scenario.ts'
import { wrappedCurrencyAbi } from '../../src/generated/wrapped-currency.ts'
import { REVERT_SENTENCES } from '../../src/revert-sentences.ts'

const ABIS = {
  aggregatorLeaseAbi,
  attesterResolverAbi,
  clientTokenAbi,
  localCurrencyAbi,
  meanPoolAbi,
  orchestratorAbi,
  scenarioAbi,
  wrappedCurrencyAbi,
}

const SAMPLES: Readonly<Record<string, unknown>> = {
  address: '0x00000000000000000000000000000000000000aa',
  bytes4: '0xabcdef01',
  bytes32: `0x${'ab'.repeat(32)}`,
  string: 'sample',
  uint8: 1,
  uint16: 7,
  uint32: 7,
  uint40: 1_800_000_000,
  uint48: 1_800_000_000,
  uint64: 1_800_000_000n,
  uint256: 1_800_000_000n,
}

// Just what the node sends, wrapped as viem wraps it.
const revertedWith = (data: string): Error =>
  new BaseError('reverted', {
    cause: new RpcRequestError({
      body: {},
      url: 'http://127.0.0.1:1/v3/secret-key',
      error: { code: 3, message: 'execution reverted', data },
    }),
  })

describe('explainFailure', () => {
  it.each(Object.entries(ABIS))('has a sentence for every custom error of %s', (_, abi) => {
    const names = abi.filter((item) => item.type === 'error').map(({ name }) => name)
    expect(names.length).toBeGreaterThan(5)
    expect(names.filter((name) => !Object.hasOwn(REVERT_SENTENCES, name))).toEqual([])
  })

  it.each(familyErrorsAbi.map((item) => [item.name, item] as const))(
    'turns %s into a sentence with its values',
    (name, item) => {
      const args = item.inputs.map(({ type }) => SAMPLES[type])
      const data = encodeErrorResult({ abi: [item], args: args as never })
      const error = explainFailure(revertedWith(data))
      expect(error).toBeInstanceOf(ChainError)
      expect(error.code).toBe(codeOfError(name))
      expect(error.details.revert).toBe(name)
      expect(Object.keys(error.details.values ?? {})).toEqual(
        item.inputs.map((input) => input.name),
      )
      expect(error.message).toMatch(/^\S.{8,}[^.]$/)
      expect(error.message).not.toMatch(/undefined|\[object|secret-key/)
    },
  )

  it('has no sentence for an error that no contract has', () => {
    const names = new Set(familyErrorsAbi.map(({ name }) => name as string))
    expect(Object.keys(REVERT_SENTENCES).filter((name) => !names.has(name))).toEqual([])
  })

  it('gives every custom error a code of its own', () => {
    expect(codeOfError('NotFederator')).toBe('NOT_FEDERATOR')
    expect(codeOfError('NotAMultiple')).toBe('NOT_A_MULTIPLE')
    expect(codeOfError('Permit2AllowanceIsFixedAtInfinity')).toBe(
      'PERMIT2_ALLOWANCE_IS_FIXED_AT_INFINITY',
    )
    // Two contracts may give one name different values.
    const names = new Set(familyErrorsAbi.map(({ name }) => name))
    const codes = new Set([...names].map(codeOfError))
    expect(codes.size).toBe(names.size)
  })

  it('T23 shows no terminal sequence that a hostile contract reverts with', () => {
    const abi = familyErrorsAbi.filter(({ name }) => name === 'InvalidParam')
    const data = encodeErrorResult({
      abi,
      errorName: 'InvalidParam',
      args: [`\u001b[2Jx\u202e${'y'.repeat(9_000)}`],
    })
    const { message } = explainFailure(revertedWith(data))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(message).not.toMatch(/[\u0000-\u001f\u202e]/)
    expect(message.length).toBeLessThan(150)
  })

  it('falls back to the words of the node for an error of another contract', () => {
    const error = explainFailure(revertedWith('0xdeadbeef'))
    expect(error.code).toBe('CHAIN_REVERTED')
    expect(error.message).toContain('execution reverted')
    expect(error.message).not.toContain('secret')
  })

  it('does not look names up outside its own table', () => {
    const abi = [{ type: 'error', name: 'constructor', inputs: [] }] as const
    const data = encodeErrorResult({ abi, errorName: 'constructor' })
    expect(explainFailure(revertedWith(data)).code).toBe('CHAIN_REVERTED')
  })

  it('tells an empty purse from a silent node', () => {
    const poor = new InsufficientFundsError({ cause: new BaseError('poor') })
    expect(explainFailure(poor).code).toBe('NO_GAS_MONEY')
    const silent = new HttpRequestError({ url: 'http://127.0.0.1:1/v3/secret-key' })
    const explained = explainFailure(new BaseError('outer', { cause: silent }))
    expect(explained.code).toBe('RPC_FAILED')
    expect(explained.message).not.toContain('secret')
  })

  it('passes its own errors on unchanged', () => {
    const error = new ChainError('mine', { code: 'MINE' })
    expect(explainFailure(error)).toBe(error)
  })
})
