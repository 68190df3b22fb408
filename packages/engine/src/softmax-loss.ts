/** Logits of a batch: the logit of class c for row r is at r * rowStride + c * classStride. */
export type LogitBatch = {
  readonly logits: Float32Array
  readonly labels: Int32Array
  readonly classes: number
  readonly rowStride: number
  readonly classStride: number
}

/**
 * Sum of the cross-entropies of a batch in nats, from logits, in f64 with the largest logit subtracted; not finite when a logit that
 * matters is not.
 */
export function softmaxLoss(batch: LogitBatch): number {
  let sum = 0
  for (let row = 0; row < batch.labels.length; row++) {
    const { max, total } = normalizer(batch, row)
    sum += Math.log(total) + max - labelLogit(batch, row)
  }
  return sum
}

/** As softmaxLoss; also writes scale * d(sum)/d(logit) = scale * (softmax - onehot) to `gradient`, laid out like the logits. */
export function softmaxLossGradient(
  batch: LogitBatch,
  gradient: Float32Array,
  scale: number,
): number {
  const { logits, labels, classes, rowStride, classStride } = batch
  let sum = 0
  for (let row = 0; row < labels.length; row++) {
    const { max, total } = normalizer(batch, row)
    const start = row * rowStride
    for (let c = 0, i = start; c < classes; c++, i += classStride)
      gradient[i] = (scale * Math.exp((logits[i] as number) - max)) / total
    const at = start + (labels[row] as number) * classStride
    gradient[at] = (gradient[at] as number) - scale
    sum += Math.log(total) + max - labelLogit(batch, row)
  }
  return sum
}

function normalizer(batch: LogitBatch, row: number): { max: number; total: number } {
  const { logits, classes, rowStride, classStride } = batch
  const start = row * rowStride
  let max = Number.NEGATIVE_INFINITY
  for (let c = 0, i = start; c < classes; c++, i += classStride) {
    const logit = logits[i] as number
    // A NaN stays: nothing compares as larger.
    if (logit > max || Number.isNaN(logit)) max = logit
  }
  let total = 0
  for (let c = 0, i = start; c < classes; c++, i += classStride)
    total += Math.exp((logits[i] as number) - max)
  return { max, total }
}

function labelLogit({ logits, labels, rowStride, classStride }: LogitBatch, row: number): number {
  return logits[row * rowStride + (labels[row] as number) * classStride] as number
}
