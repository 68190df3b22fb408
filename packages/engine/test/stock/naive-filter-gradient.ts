import * as tf from '@tensorflow/tfjs-core'

type Shape4D = [number, number, number, number]

/**
 * The gradient of a convolution's kernel that stock tfjs-wasm lacks, as one writes it with what it has: for every place of the kernel the
 * matching part of the padded images, times the gradient of the result. Strides are 1, padding 'valid' or 'same'.
 */
export function registerNaiveFilterGradient(): void {
  tf.registerKernel({
    kernelName: tf.Conv2DBackpropFilter,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs as Record<'x' | 'dy', tf.TensorInfo>
      const { pad, filterShape } = attrs as unknown as {
        pad: 'same' | 'valid'
        filterShape: Shape4D
      }
      const tensors = { x: toTensor(x), dy: toTensor(dy) }
      return tf.tidy(() => filterGradient(tensors, filterShape, pad))
    },
  })
}

function filterGradient(
  { x, dy }: { readonly x: tf.Tensor4D; readonly dy: tf.Tensor4D },
  filterShape: Shape4D,
  pad: 'same' | 'valid',
): tf.Tensor {
  const [height, width, depth, filters] = filterShape
  const [images, outHeight, outWidth] = dy.shape
  const { padInfo } = tf.backend_util.computeConv2DInfo(x.shape, filterShape, 1, 1, pad)
  const padded = tf.pad(x, [
    [0, 0],
    [padInfo.top, padInfo.bottom],
    [padInfo.left, padInfo.right],
    [0, 0],
  ])
  const pixels = images * outHeight * outWidth
  const gradient = tf.reshape(dy, [pixels, filters])
  const places = Array.from({ length: height * width }, (_, place) => {
    const begin = [0, Math.floor(place / width), place % width, 0]
    const part = tf.slice(padded, begin, [images, outHeight, outWidth, depth])
    return tf.matMul(tf.reshape(part, [pixels, depth]), gradient, true, false)
  })
  return tf.reshape(tf.stack(places), filterShape)
}

function toTensor({ dataId, shape, dtype }: tf.TensorInfo): tf.Tensor4D {
  return tf.engine().makeTensorFromDataId(dataId, shape, dtype) as tf.Tensor4D
}
