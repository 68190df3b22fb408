import { type Address, type Hex, hexToBigInt, recoverAddress, slice } from 'viem'

/** 65 bytes whose last is 27 or 28: the only form that ECDSA.tryRecover of OpenZeppelin takes. */
const SIGNATURE = /^0x[0-9a-f]{128}1[bc]$/i
/** Half of the order of secp256k1: of the two values of s that verify, contracts take the smaller (EIP-2). */
const LARGEST_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

/** Who signed a hash, by the rules of OpenZeppelin's contracts: a signature that they would refuse is nobody's here. */
export async function strictSigner(hash: Hex, signature: Hex): Promise<Address | undefined> {
  if (!SIGNATURE.test(signature)) return undefined
  if (hexToBigInt(slice(signature, 32, 64)) > LARGEST_S) return undefined
  // What is no point of the curve was signed by nobody.
  return recoverAddress({ hash, signature }).catch(() => undefined)
}
