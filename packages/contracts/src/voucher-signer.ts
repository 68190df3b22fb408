import { type Address, type Hex, hexToBigInt, recoverAddress, slice } from 'viem'
import { type Voucher, type VoucherPlace, voucherDigest } from './voucher.ts'

/** 65 bytes whose last is 27 or 28: the only form that ECDSA.tryRecover of OpenZeppelin takes. */
const SIGNATURE = /^0x[0-9a-f]{128}1[bc]$/i
/** Half of the order of secp256k1: of the two values of s that verify, the contract takes the smaller (EIP-2). */
const LARGEST_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

/**
 * Who signed a voucher for a market, by the rules of the contract: a signature that would be refused there is nobody's here. Accounts that
 * are contracts (ERC-1271) may take their word back and are not known.
 */
export async function voucherSigner(
  place: VoucherPlace,
  voucher: Voucher,
  signature: Hex,
): Promise<Address | undefined> {
  if (!SIGNATURE.test(signature)) return undefined
  if (hexToBigInt(slice(signature, 32, 64)) > LARGEST_S) return undefined
  const hash = voucherDigest(place, voucher)
  // What is no point of the curve was signed by nobody.
  return recoverAddress({ hash, signature }).catch(() => undefined)
}
