import {
  type Account,
  BaseError,
  type Chain,
  createWalletClient,
  type Hex,
  keccak256,
  type Transport,
  type WalletClient,
} from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { explainFailure } from '../explain-failure.ts'
import type { ChainReader, TransactionCall, Wallet } from '../types.ts'
import { type Sender, type Submit, transact } from './transact.ts'

/** A clash costs the other process one transaction each, so it ends soon. */
const NONCE_TRIES = 8

type LocalSender = Sender & { readonly client: WalletClient<Transport, Chain, Account> }

/** Signs in this process with a private key, which never leaves it. */
export function createLocalWallet(
  reader: ChainReader,
  account: PrivateKeyAccount,
  transport: Transport,
): Wallet {
  const client = createWalletClient({ account, chain: reader.public.chain, transport })
  const sender = { ...reader, address: account.address, client }
  const submit: Submit = (call, gas) => submitSigned(sender, call, gas)
  return {
    transact: (call) => transact(sender, call, submit),
    signTypedData: (typedData) => account.signTypedData(typedData),
  }
}

async function submitSigned(sender: LocalSender, call: TransactionCall, gas: bigint): Promise<Hex> {
  for (let tries = 1; ; tries += 1) {
    const signed = await sign(sender, call, gas)
    const hash = keccak256(signed)
    try {
      return await deliver(sender, signed)
    } catch (error) {
      const failure = explainFailure(error, { hash })
      // Its answer was lost, so the node may have it: a transaction is looked up, never sent blindly again.
      if (failure.code === 'RPC_FAILED' && (await isKnown(sender, hash))) return hash
      // Refused at first sight, so whatever sits at that nonce is another process's, even if it is the very same transaction.
      if (!isNonceClash(error) || tries === NONCE_TRIES) throw failure
    }
  }
}

// Without viem's retries, after which a refusal could mean our own first try.
function deliver(sender: LocalSender, signed: Hex): Promise<Hex> {
  return sender.public.request(
    { method: 'eth_sendRawTransaction', params: [signed] },
    { retryCount: 0 },
  )
}

async function sign({ client }: LocalSender, call: TransactionCall, gas: bigint): Promise<Hex> {
  try {
    const request = await client.prepareTransactionRequest({ ...call, gas })
    return await client.signTransaction(request)
  } catch (error) {
    throw explainFailure(error)
  }
}

async function isKnown(sender: LocalSender, hash: Hex): Promise<boolean> {
  return sender.public.getTransaction({ hash }).then(
    () => true,
    () => false,
  )
}

function isNonceClash(error: unknown): boolean {
  return (
    error instanceof BaseError &&
    /nonce too low|replacement transaction|already (known|imported)/i.test(error.details)
  )
}
