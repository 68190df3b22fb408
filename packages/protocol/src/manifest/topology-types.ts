/** Non-linearity after a layer. `gelu` is the tanh form (Hendrycks & Gimpel 2016). */
export type Activation =
  | 'linear'
  | 'relu'
  | 'tanh'
  | 'sigmoid'
  | 'elu'
  | 'softplus'
  | 'gelu'
  | 'softmax'

/** What every layer with a kernel may say. */
type Kernel = {
  /** @default 'linear'; softmax belongs on the last layer of a classifier only. */
  readonly activation?: Activation
  /** @default true */
  readonly useBias?: boolean
}

/** What every layer that slides over its input may say. */
type Sliding = {
  /** @default 1 for convolutions; pooling windows do not overlap. */
  readonly strides?: number
  /** @default 'valid' */
  readonly padding?: 'valid' | 'same'
}

/** Units of a recurrent layer; the gates are those of Keras (sigmoid, tanh; GRU with its reset gate before the product). */
type Recurrent = {
  readonly units: number
  /** Output of every step, not of the last one only. @default false */
  readonly returnSequences?: boolean
}

type Convolution = Kernel & Sliding & { readonly filters: number; readonly kernelSize: number }
type Pooling = { readonly poolSize: number }
type Nothing = Record<string, never>

/** Config of each layer class, in the form of the layers JSON of TensorFlow.js. */
export type LayerConfigs = {
  readonly Dense: Kernel & { readonly units: number }
  readonly Flatten: Nothing
  /** Same number of values in another shape. */
  readonly Reshape: { readonly targetShape: readonly number[] }
  /** Sets a part of its inputs to 0 in training and scales the others up (Srivastava et al. 2014). */
  readonly Dropout: { readonly rate: number }
  /** Over the last axis (Ba et al. 2016). */
  readonly LayerNormalization: { readonly epsilon?: number }
  /** Rows of shape [height, width, channels]; a square kernel. */
  readonly Conv2D: Convolution
  /** One kernel per channel and `depthMultiplier` (1 unless it is given). */
  readonly DepthwiseConv2D: Kernel &
    Sliding & { readonly kernelSize: number; readonly depthMultiplier?: number }
  /** Rows of shape [steps, channels]. */
  readonly Conv1D: Convolution
  /** Windows do not overlap; what is left over at the end is dropped. */
  readonly MaxPooling2D: Pooling
  readonly AveragePooling2D: Pooling
  readonly MaxPooling1D: Pooling
  readonly AveragePooling1D: Pooling
  readonly GlobalAveragePooling1D: Nothing
  readonly GlobalMaxPooling1D: Nothing
  readonly GlobalAveragePooling2D: Nothing
  readonly GlobalMaxPooling2D: Nothing
  readonly LSTM: Recurrent
  readonly GRU: Recurrent
  /** Rows of token ids [tokens], 0 to inputDim - 1; with maskZero token 0 is padding, whose vector is 0. */
  readonly Embedding: {
    readonly inputDim: number
    readonly outputDim: number
    readonly maskZero?: boolean
  }
}

/** Name of a layer class. */
export type LayerName = keyof LayerConfigs

/**
 * One layer of a TensorFlow.js Sequential model: data, never code. The allow-list of classes and the schema of each class's config are
 * in topology-schema.ts (T20), what each makes of its input in layer-shape.ts. Batch normalisation is missing on purpose: its running
 * statistics are no weights that can be averaged (Hsieh et al. 2020, arXiv 1910.00189); layer normalisation has none.
 */
export type LayerSpec = {
  readonly [Name in LayerName]: { readonly className: Name; readonly config: LayerConfigs[Name] }
}[LayerName]

/** A TensorFlow.js Sequential; the input shape follows from the data, the units of the last layer from the task (outputsOf). */
export type ModelTopology = {
  readonly className: 'Sequential'
  readonly layers: readonly LayerSpec[]
}
