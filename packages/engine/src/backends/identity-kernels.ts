import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { Cast, type DataType, Identity, type TensorInfo } from '@tensorflow/tfjs-core'
import { installKernel } from './install-kernel.ts'

/**
 * Identity, and Cast to the type that a tensor has, on the wasm back end, which has to be started: the same memory under another tensor; stock
 * copies it, once for every tensor that a gradient needs later. Installing is idempotent.
 */
export function installIdentityKernels(): void {
  installKernel(Identity, (stock) => (args) => {
    const { x } = args.inputs as Record<'x', TensorInfo>
    return x.dtype === 'string' ? stock(args) : shared(args.backend as BackendWasm, x)
  })
  installKernel(Cast, (stock) => (args) => {
    const { x } = args.inputs as Record<'x', TensorInfo>
    const { dtype } = args.attrs as unknown as { readonly dtype: DataType }
    const isSame = dtype === x.dtype && dtype !== 'string'
    return isSame ? shared(args.backend as BackendWasm, x) : stock(args)
  })
}

function shared(backend: BackendWasm, { dataId, shape, dtype }: TensorInfo): TensorInfo {
  backend.incRef(dataId)
  return { dataId, shape, dtype }
}
