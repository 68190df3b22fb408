/**
 * For viem's multicall: several views in one call to the node, with answers of one block. It brings the code that calls them, so that no
 * contract for it has to be on the chain; one view that reverts fails all, with its own error.
 */
export const TOGETHER = { allowFailure: false, deployless: true, batchSize: 0 } as const
