import {
  getKernel,
  type KernelConfig,
  type KernelFunc,
  registerKernel,
  unregisterKernel,
} from '@tensorflow/tfjs-core'
import { unsupported } from '../models/unsupported.ts'

const BACKEND = 'wasm'
/** Marks our kernels, so that installing twice does not wrap them twice. */
const OURS: unique symbol = Symbol('fednode')

/**
 * Puts our kernel in the place of one of the started wasm back end, or where it has none; `build` gets the stock kernel for what ours does not
 * take. Idempotent.
 */
export function installKernel(kernelName: string, build: (stock: KernelFunc) => KernelFunc): void {
  // Where there is none, the registry gives undefined, whatever its type says.
  const stock = getKernel(kernelName, BACKEND) as KernelConfig | undefined
  if (stock !== undefined && OURS in stock) return
  if (stock !== undefined) unregisterKernel(kernelName, BACKEND)
  const kernelFunc = build(stock?.kernelFunc ?? missing(kernelName))
  registerKernel(
    Object.assign({ ...stock, kernelName, backendName: BACKEND, kernelFunc }, { [OURS]: true }),
  )
}

/** Stands for the stock kernel that there is not. */
function missing(kernelName: string): KernelFunc {
  return ({ inputs }) => {
    const shapes = Object.entries(inputs).map(([name, info]) => `${name} [${info?.shape}]`)
    throw unsupported(`the wasm engine has no ${kernelName} for ${shapes.join(' and ')}`)
  }
}
