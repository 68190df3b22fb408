import { EngineError } from '../errors.ts'

/** What fednode uses of a GPUDevice (https://www.w3.org/TR/webgpu/#gpudevice). */
export type GpuDevice = {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>
  addEventListener(
    type: 'uncapturederror',
    listener: (event: { readonly error: { readonly message: string } }) => void,
  ): void
  destroy(): void
}

/** What fednode uses of a GPUAdapter (https://www.w3.org/TR/webgpu/#gpuadapter). */
export type GpuAdapter = {
  readonly info: {
    readonly vendor: string
    readonly architecture: string
    readonly device: string
    readonly description: string
    readonly isFallbackAdapter?: boolean
  }
  readonly features: ReadonlySet<string>
  readonly limits: Readonly<Record<string, number>>
  requestDevice(descriptor: {
    readonly requiredFeatures: readonly string[]
    readonly requiredLimits: Readonly<Record<string, number>>
  }): Promise<GpuDevice>
}

/** A device that is watched from its first moment on. */
export type WatchedDevice = {
  readonly device: GpuDevice
  /** @throws {EngineError} DEVICE_LOST, DEVICE_ERROR, when the device has said so since the last call. */
  check(): void
}

/** As many as the adapter has: WebGPU's default buffers end at 128 MiB, 32 M weights. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
]

/** Asks an adapter for a device with all the memory that it gives. */
export async function openDevice(adapter: GpuAdapter): Promise<WatchedDevice> {
  const requiredLimits = Object.fromEntries(
    LIMITS.map((name) => [name, adapter.limits[name] as number]),
  )
  const device = await adapter.requestDevice({ requiredFeatures: [], requiredLimits })
  let loss: string | undefined
  let refusal: string | undefined
  void device.lost.then(({ reason, message }) => {
    loss = `${reason}: ${message}`
  })
  // WebGPU computes on after an error, with zeros: nobody would notice.
  device.addEventListener('uncapturederror', ({ error }) => {
    refusal ??= error.message
  })
  return {
    device,
    check() {
      if (loss !== undefined) throw lost(loss)
      if (refusal === undefined) return
      const reason = refusal
      refusal = undefined
      throw new EngineError(`The GPU refused a computation: ${reason}`, {
        code: 'DEVICE_ERROR',
        reason,
      })
    },
  }
}

function lost(reason: string): EngineError {
  return new EngineError(`The GPU was lost (${reason})`, { code: 'DEVICE_LOST', reason })
}
