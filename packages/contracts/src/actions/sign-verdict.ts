import { type Address, type Hex, hashTypedData, zeroHash } from 'viem'
import { ask } from '../ask.ts'
import { ChainError } from '../chain-error.ts'
import { attesterResolverAbi } from '../generated/attester-resolver.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import type { Decision } from '../resolution.ts'
import type { ChainAccount, ChainReader } from '../types.ts'
import type { Verdict } from './settle-dispute.ts'

const DOMAIN = { name: 'fednode AttesterResolver', version: '1' } as const
const TYPES = {
  Verdict: [
    { name: 'scenario', type: 'address' },
    { name: 'round', type: 'uint32' },
    { name: 'attempt', type: 'uint8' },
    { name: 'sharesHash', type: 'bytes32' },
    { name: 'upheld', type: 'bool' },
  ],
} as const

/** A decision, and what exactly it is about. */
export type SignedDecision = Decision & {
  readonly resolver: Address
  /** The anchored hash that the attester recomputed: a verdict serves this assertion only. */
  readonly sharesHash: Hex
}

/**
 * Signs a verdict as an attester (EIP-712); sends nothing. The resolver itself is asked whether this is what it will check.
 * @throws {ChainError} NOT_IN_DISPUTE; OTHER_ASSERTION when the round now has other shares; WRONG_VERSION for a resolver that checks
 * something else.
 */
export async function signVerdict(account: ChainAccount, args: SignedDecision): Promise<Verdict> {
  const { resolver, scenario, round, upheld } = args
  const attempt = await attemptOf(account, args)
  const { sharesHash } = args
  const typedData = {
    domain: { ...DOMAIN, chainId: account.chainId, verifyingContract: resolver },
    types: TYPES,
    primaryType: 'Verdict',
    message: { scenario, round, attempt, sharesHash, upheld },
  } as const
  const digest = await ask(
    account.public.readContract({
      address: resolver,
      abi: attesterResolverAbi,
      functionName: 'verdictDigest',
      args: [scenario, round, upheld],
    }),
  )
  if (digest !== hashTypedData(typedData)) throw otherVersion(resolver)
  return { attester: account.address, signature: await account.wallet.signTypedData(typedData) }
}

async function attemptOf(reader: ChainReader, args: SignedDecision): Promise<number> {
  const { scenario: address, round, sharesHash } = args
  const contract = { address, abi: scenarioAbi } as const
  const [assertion, current] = await ask(
    Promise.all([
      reader.public.readContract({ ...contract, functionName: 'assertion' }),
      reader.public.readContract({ ...contract, functionName: 'currentRound' }),
    ]),
  )
  if (current !== round || assertion.sharesHash === zeroHash) throw notInDispute(round)
  if (assertion.sharesHash !== sharesHash) throw otherAssertion(round, assertion.sharesHash)
  return assertion.attempt
}

function notInDispute(round: number): ChainError {
  return new ChainError(`round ${round} is not in dispute, so there is nothing to decide`, {
    code: 'NOT_IN_DISPUTE',
  })
}

function otherAssertion(round: number, anchored: Hex): ChainError {
  return new ChainError(
    `round ${round} has the shares hash ${anchored}, not the one that was judged`,
    {
      code: 'OTHER_ASSERTION',
      hint: 'Recompute the round that is anchored now.',
    },
  )
}

function otherVersion(resolver: Address): ChainError {
  return new ChainError(`the resolver ${resolver} checks other verdicts than this fednode signs`, {
    code: 'WRONG_VERSION',
    hint: 'Use the fednode that it was deployed with.',
  })
}
