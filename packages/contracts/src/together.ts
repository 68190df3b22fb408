/**
 * For viem's multicall: several views in one call to the node, with answers of one block. It brings the code that calls them, so that no
 * contract for it has to be on the chain; one view that reverts fails all, with its own error. All of it counts as code of a contract to be
 * created, of which there may be 49,152 bytes (EIP-3860): 64 views of three words take 25,000. Whoever may have more gives a `batchSize`, and a
 * block.
 */
export const TOGETHER = { allowFailure: false, deployless: true, batchSize: 0 } as const
