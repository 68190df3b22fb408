import type { DataSpec, TabularData } from './data-types.ts'
import { classesOf, featureShapeOf } from './feature-shape.ts'
import { duration, groupThousands } from './numbers-text.ts'
import { countWeights } from './topology.ts'
import type { Manifest } from './types.ts'

const MAX_CLASSES_SHOWN = 4

/** What is learned from what, in plain words. */
export function explainTask({ data, task }: Manifest): string {
  switch (data.kind) {
    case 'table':
      return `${explainTarget(task, data)} from ${columnsText(data.columns.length)}`
    case 'array':
      return task === 'anomaly'
        ? `find unusual arrays of ${data.shape.join(' x ')}`
        : `predict the class (${classesText(data)}) of arrays of ${data.shape.join(' x ')}`
    case 'series': {
      const change = data.changeScale === undefined ? '' : ', as a change from its last reading'
      const ahead = duration(data.horizon * data.stepSeconds)
      const past = duration(data.past * data.stepSeconds)
      return `predict ${data.label.column} ${ahead} ahead from the last ${past} of ${columnsText(data.columns.length)}${change}`
    }
    case 'text':
      return `predict ${data.label.column} (${classesText(data)}) from the first ${groupThousands(data.tokens)} words of ${data.column}`
  }
}

/** What the model is, in plain words. */
export function explainModel({ model, data, task }: Manifest): string {
  const weights = groupThousands(countWeights(model, featureShapeOf(data)))
  return `${kindOf(model.layers, task)}, ${weights} weights; no code is run from the network`
}

function explainTarget(task: Manifest['task'], data: TabularData): string {
  const { label } = data
  if (label === undefined) return 'find unusual rows'
  if ('time' in label) return `predict how soon ${label.event} comes (time in ${label.time})`
  const unit = 'classes' in label ? classesText(data) : label.unit
  const detail = unit === undefined ? '' : ` (${unit})`
  return `predict ${label.column}${task === 'regression' ? `, a number${detail}` : detail}`
}

function classesText(data: DataSpec): string {
  const classes = classesOf(data)
  return classes.length <= MAX_CLASSES_SHOWN ? classes.join('/') : `${classes.length} classes`
}

function kindOf(layers: Manifest['model']['layers'], task: Manifest['task']): string {
  const names = layers.map(({ className }) => className)
  const isPlain = names.every((name) => name === 'Dense' || name === 'Flatten')
  if (!isPlain) return `${names.length} layers (${[...new Set(names)].join(', ')})`
  const units = layers.flatMap((layer) => (layer.className === 'Dense' ? [layer.config.units] : []))
  const hidden = units.slice(0, -1)
  if (hidden.length > 0) return `fully connected, hidden layers of ${hidden.join(' and ')}`
  return LINEAR[task]
}

const LINEAR: Readonly<Record<Manifest['task'], string>> = {
  classification: 'logistic regression',
  regression: 'linear regression',
  survival: 'Cox proportional hazards',
  anomaly: 'linear autoencoder',
}

function columnsText(count: number): string {
  return count === 1 ? '1 column' : `${count} columns`
}
