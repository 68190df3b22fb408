/** What a classifier says of some rows: unnormalised log-probabilities [rows, classes], row-major, and the true class of each row. */
export type ClassScores = {
  readonly logits: Float32Array
  readonly labels: Int32Array
  readonly classes: number
}
