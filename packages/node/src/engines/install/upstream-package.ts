/** A package of the npm registry in the one version that fednode was tested with. */
export type UpstreamPackage = {
  readonly name: string
  readonly version: string
  /** As the registry gives it: whatever mirror it came from, it has to be these bytes. */
  readonly integrity: string
}

/** Everything that engines are made of. */
export const UPSTREAM = {
  'tfjs-node': {
    name: '@tensorflow/tfjs-node',
    version: '4.22.0',
    integrity:
      'sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
  },
  'tfjs-node-gpu': {
    name: '@tensorflow/tfjs-node-gpu',
    version: '4.22.0',
    integrity:
      'sha512-p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
  },
  headers: {
    name: 'node-api-headers',
    version: '1.9.0',
    integrity:
      'sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
  },
  dawn: {
    name: 'webgpu',
    version: '0.6.2',
    integrity:
      'sha512-3L4GfmqJLvYUIEWJngEQY+2HQiUlAFkg8+P8NDDj3Xx5hHHIFO/r8JW+ynfqBj7kHN4mbnwO74uB+lrRtLhp4Q==',
  },
  webgpuBackend: {
    name: '@tensorflow/tfjs-backend-webgpu',
    version: '4.22.0',
    integrity:
      'sha512-lvIc7Af4Tl2BCdYp43iQmSCRq3asaKT0q2xaErphXiUZ+jqeB0bQa0ZvQys1Xatvto0U4/c90DVsHPfvkn5ftg==',
  },
} as const satisfies Readonly<Record<string, UpstreamPackage>>

/** The file that `npm pack` writes: "@a/b" in version 1.0.0 is a-b-1.0.0.tgz. */
export function tarballName({ name, version }: UpstreamPackage): string {
  return `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
}
