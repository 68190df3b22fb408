/** Keys down to a value; "*" is every item of a list. */
export type KeyPath = readonly string[]

/** Manifest values that are real numbers; all other numbers are integers. */
export const REAL_PATHS: readonly KeyPath[] = [
  'data.columns.*.min',
  'data.columns.*.max',
  'data.columns.*.impute',
  'data.columns.*.scale.mean',
  'data.columns.*.scale.deviation',
  'data.label.min',
  'data.label.max',
  'data.label.scale.mean',
  'data.label.scale.deviation',
  'data.changeScale',
  'model.layers.*.config.rate',
  'model.layers.*.config.epsilon',
  'training.learningRate',
  'training.schedule.factor',
  'training.schedule.least',
  'training.momentum',
  'training.weightDecay',
  'training.clipNorm',
  'training.classWeights.*',
  'training.earlyStop.share',
  'training.adapters.alpha',
  'strategy.serverLearningRate',
  'strategy.momentum',
  'strategy.beta1',
  'strategy.beta2',
  'strategy.adaptivity',
  'strategy.proximal',
  'strategy.trim',
  'strategy.smoothing',
  'strategy.radius',
  'strategy.bound',
  'compression.ratio',
  'rounds.targetShare',
  'rounds.sampleShare',
  'contribution.validationShare',
  'contribution.budget.standardError',
  'contribution.minimumGain',
  'contribution.tolerance',
  'evaluation.share',
  'limits.updateNorm',
  'reward.schedule.ratio',
  'market.currencyWeight',
  'market.swapFee',
].map((path) => path.split('.'))

/** Manifest values that are texts though people may write them as bare YAML numbers: amounts, classes, categories, addresses. */
export const TEXT_PATHS: readonly KeyPath[] = [
  'data.classes.*',
  'data.label.classes.*',
  'data.columns.*.categories.*',
  'data.columns.*.missing.*',
  'reward.perRound',
  'market.tokensPerSilo',
  'market.seedCurrency',
  'dispute.bond',
  // YAML reads a bare address as a hexadecimal number.
  'dispute.resolver',
  'dispute.attesters.*',
  'guardian',
].map((path) => path.split('.'))

/** A copy of `value` in which `change` was applied to what lies at `path`; what is not there stays away. */
export function mapAt(value: unknown, path: KeyPath, change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return change(value)
  if (typeof value !== 'object' || value === null) return value
  if (key === '*') {
    return Array.isArray(value) ? value.map((item) => mapAt(item, rest, change)) : value
  }
  if (Array.isArray(value) || !Object.hasOwn(value, key)) return value
  return { ...value, [key]: mapAt(Reflect.get(value, key), rest, change) }
}
