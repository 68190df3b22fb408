/**
 * Registers the gradients of all operations. The Node build of tfjs-core has none of them; tfjs-layers brings them, for every copy of
 * tfjs-core in the process. Only what is trained by automatic differentiation needs them: it takes 10 MB.
 */
export async function loadGradients(): Promise<void> {
  await import('@tensorflow/tfjs-layers')
}
