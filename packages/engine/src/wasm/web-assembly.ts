/** Memory of a WebAssembly instance; its buffer is another one once it has grown. */
export type WasmMemory = { readonly buffer: ArrayBuffer }

/** The part of the WebAssembly API that is used here; TypeScript knows it only together with the browser's DOM. */
type WebAssemblyApi = {
  readonly validate: (bytes: Uint8Array<ArrayBuffer>) => boolean
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> }
  readonly Memory: new (pages: { readonly initial: number }) => WasmMemory
}

/** WebAssembly of the JavaScript engine. */
export const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }
