import {
  type Address,
  type Hex,
  isAddressEqual,
  isHash,
  isHex,
  numberToHex,
  recoverTypedDataAddress,
  type TypedDataDefinition,
} from 'viem'
import { ChainError } from '../chain-error.ts'
import { explainFailure } from '../explain-failure.ts'
import { shortReason } from '../revert-data.ts'
import type { TransactionCall, Wallet } from '../types.ts'
import { quoteFees } from './quote-fees.ts'
import type { Sender } from './sender.ts'
import { connectSigner, type Signer } from './signer.ts'
import { transact } from './transact.ts'

/** Nothing is replaced here: an order that is signed a second time would be a second question to whoever approves it. */
const LOOK_MS = 60_000

/**
 * Lets a JSON-RPC signer sign and send for an account.
 * @throws {UserError} what connectSigner throws.
 */
export async function createRpcWallet(sender: Sender, signerUrl: string): Promise<Wallet> {
  const signer = await connectSigner(sender, signerUrl)
  return {
    transact: (call) =>
      transact(sender, call, {
        submit: async (checked, gas) => ({
          hash: await submit(sender, signer, { ...checked, gas }),
        }),
        replaceAfterMs: LOOK_MS,
      }),
    signTypedData: (typedData) => signTypedData(sender, signer, typedData),
  }
}

type Order = TransactionCall & { readonly gas: bigint }

// Not tried again, whatever it says: the signer may have, and the first one may be on its way.
async function submit(sender: Sender, { ask }: Signer, order: Order): Promise<Hex> {
  const transaction = await prepare(sender, order)
  const hash = await ask('eth_sendTransaction', [transaction]).catch((error: unknown) => {
    throw explainSigner(error, transaction.nonce)
  })
  if (isHex(hash) && isHash(hash)) return hash
  throw silent(transaction.nonce)
}

// Nonce and fees come from our own node. With a nonce of its own, the same order cannot be carried out twice by mistake.
async function prepare(sender: Sender, { to, data, gas }: Order) {
  const { address } = sender
  const fees = await quoteFees(sender)
  try {
    const nonce = await sender.public.getTransactionCount({ address, blockTag: 'pending' })
    return {
      from: address,
      ...(to === undefined ? {} : { to }),
      data,
      gas: numberToHex(gas),
      nonce: numberToHex(nonce),
      chainId: numberToHex(sender.chainId),
      maxFeePerGas: numberToHex(fees.maxFeePerGas),
      maxPriorityFeePerGas: numberToHex(fees.maxPriorityFeePerGas),
    }
  } catch (error) {
    throw explainFailure(error)
  }
}

async function signTypedData(
  sender: Sender,
  { sign }: Signer,
  typedData: TypedDataDefinition,
): Promise<Hex> {
  const signature = await sign(typedData).catch((error: unknown) => {
    throw explainSigner(error)
  })
  if (await isSignedBy(sender.address, typedData, signature)) return signature
  throw new ChainError(`the signer returned what is not a signature of ${sender.address}`, {
    code: 'SIGNER_FAULTY',
    hint: 'Do not trust this signer.',
  })
}

async function isSignedBy(
  address: Address,
  typedData: TypedDataDefinition,
  signature: Hex,
): Promise<boolean> {
  try {
    return isAddressEqual(await recoverTypedDataAddress({ ...typedData, signature }), address)
  } catch {
    // Not even the shape of a signature.
    return false
  }
}

function explainSigner(error: unknown, nonce?: Hex): ChainError {
  const known = explainFailure(error)
  if (known.code === 'RPC_FAILED') return silent(nonce, error)
  if (known.code === 'NO_GAS_MONEY' || known.details.revert !== undefined) return known
  return new ChainError(`the signer refuses (${shortReason(error)})`, {
    code: 'SIGNER_REFUSED',
    fault: 'refused',
    cause: error,
  })
}

function silent(nonce: Hex | undefined, cause?: unknown): ChainError {
  const sent =
    nonce === undefined
      ? ''
      : `; it may have sent the account's transaction number ${Number(nonce)}`
  return new ChainError(`the signer does not answer${sent}`, {
    code: 'SIGNER_SILENT',
    hint: 'Look at the account before doing the same again.',
    cause,
  })
}
