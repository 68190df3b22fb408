/**
 * One layer of a TensorFlow.js Sequential model, in the form of its layers JSON: data, never code. The allow-list of classes and
 * the schema of each class's config are in manifest/topology.ts (T20).
 */
export type LayerSpec =
  | {
      readonly className: 'Dense'
      readonly config: {
        readonly units: number
        readonly activation?: 'linear' | 'relu' | 'tanh' | 'sigmoid' | 'softmax'
        readonly useBias?: boolean
      }
    }
  | { readonly className: 'Flatten'; readonly config: Record<string, never> }
  /** Evaluated by the engine, not trained: no manifest may name it. Rows of shape [height, width, channels]. */
  | {
      readonly className: 'Conv2D'
      readonly config: {
        readonly filters: number
        /** Height and width of the kernel. */
        readonly kernelSize: number
        /** Of height and width. @default 1 */
        readonly strides?: number
        /** @default 'valid' */
        readonly padding?: 'valid' | 'same'
        readonly activation?: 'linear' | 'relu' | 'tanh' | 'sigmoid'
        readonly useBias?: boolean
      }
    }
  /** Evaluated by the engine, not trained: no manifest may name it. Windows do not overlap; rows and columns left over are dropped. */
  | { readonly className: 'MaxPooling2D'; readonly config: { readonly poolSize: number } }

/** A TensorFlow.js Sequential; the input shape follows from the data, the last layer has one softmax unit per class. */
export type ModelTopology = {
  readonly className: 'Sequential'
  readonly layers: readonly LayerSpec[]
}
