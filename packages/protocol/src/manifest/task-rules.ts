import { checkUnique } from './column-rules.ts'
import type { DataSpec, TaskName } from './data-types.ts'
import { classesOf } from './feature-shape.ts'
import { issueAt, type ManifestIssue } from './issue.ts'
import { UTILITY_NAMES } from './method-names.ts'
import type { Manifest, UtilityName } from './types.ts'

const CLASS_UTILITIES = UTILITY_NAMES.filter((name) => name !== 'negative-mae')

/** What a model of each task can be measured by. */
const UTILITIES: Readonly<Record<TaskName, readonly UtilityName[]>> = {
  classification: CLASS_UTILITIES,
  regression: ['negative-loss', 'negative-rmse', 'negative-mae'],
  survival: ['negative-loss', 'c-index'],
  anomaly: ['negative-loss', 'negative-rmse'],
}

const LABELS: Readonly<Record<TaskName, string>> = {
  classification: 'a label with its classes: { column, classes }',
  regression: 'a label that is a number: { column }',
  survival: 'a label of two columns: { time, event }',
  anomaly: 'no label: the model learns the rows themselves',
}

/** What is wrong between the task of a manifest and its data, utility and training. */
export function checkTask(manifest: Manifest): readonly ManifestIssue[] {
  return [
    ...checkLabel(manifest),
    ...checkUtility(manifest),
    ...checkLength(manifest),
    ...checkOptimizer(manifest),
    ...checkCountedSteps(manifest),
    ...checkLossOptions(manifest),
    ...checkClassWise(manifest),
  ]
}

/** The task that the label of some data is for. */
export function taskOf(data: DataSpec): TaskName {
  if (data.kind === 'array') return data.classes === undefined ? 'anomaly' : 'classification'
  if (data.label === undefined) return 'anomaly'
  if ('classes' in data.label) return 'classification'
  return 'time' in data.label ? 'survival' : 'regression'
}

function checkLabel({ task, data }: Manifest): ManifestIssue[] {
  const classPath = data.kind === 'array' ? ['data', 'classes'] : ['data', 'label', 'classes']
  const issues = [...checkUnique(classPath, classesOf(data))]
  if (taskOf(data) === task) return issues
  const path = data.kind === 'array' ? ['data', 'classes'] : ['data', 'label']
  const got = data.kind === 'array' ? data.classes : data.label
  return [...issues, issueAt(path, got, `${LABELS[task]}, because the task is ${task}`)]
}

function checkUtility({ task, contribution }: Manifest): ManifestIssue[] {
  const { utility } = contribution
  if (UTILITIES[task].includes(utility)) return []
  const expected = `one of ${UTILITIES[task].join(', ')}, because the task is ${task}`
  return [issueAt(['contribution', 'utility'], utility, expected)]
}

/** Only a classifier has classes to be measured by. */
function checkClassWise({ task, contribution }: Manifest): ManifestIssue[] {
  if (contribution.classWise !== true || task === 'classification') return []
  return [issueAt(['contribution', 'classWise'], true, `false, because the task is ${task}`)]
}

function checkLength({ training }: Manifest): ManifestIssue[] {
  const { epochs, steps, earlyStop } = training
  if ((epochs === undefined) === (steps === undefined)) {
    return [issueAt(['training'], training, 'either epochs or steps')]
  }
  if (earlyStop === undefined || epochs !== undefined) return []
  return [issueAt(['training', 'earlyStop'], earlyStop, 'nothing: it counts epochs, not steps')]
}

function checkOptimizer({ training, strategy }: Manifest): ManifestIssue[] {
  const { optimizer, momentum, weightDecay } = training
  const issues: ManifestIssue[] = []
  if (momentum !== undefined && optimizer !== 'sgd') {
    issues.push(issueAt(['training', 'momentum'], momentum, `nothing with ${optimizer}`))
  }
  if (weightDecay !== undefined && optimizer !== 'sgd' && optimizer !== 'adamw') {
    issues.push(issueAt(['training', 'weightDecay'], weightDecay, `nothing with ${optimizer}`))
  }
  if (strategy.name === 'scaffold' && (optimizer !== 'sgd' || momentum !== undefined)) {
    const expected =
      '"sgd" without momentum with scaffold: its control variates are plain gradients'
    issues.push(issueAt(['training', 'optimizer'], optimizer, expected))
  }
  return issues
}

/** The aggregator of these counts the steps behind every update, from the plan alone. */
function checkCountedSteps({ training, strategy }: Manifest): ManifestIssue[] {
  if (strategy.name !== 'scaffold' && strategy.name !== 'fednova') return []
  const { earlyStop, schedule } = training
  const why = `nothing with ${strategy.name}: it counts every silo's steps by the plan`
  const issues: ManifestIssue[] = []
  if (earlyStop !== undefined) issues.push(issueAt(['training', 'earlyStop'], earlyStop, why))
  if (schedule !== undefined) issues.push(issueAt(['training', 'schedule'], schedule, why))
  return issues
}

function checkLossOptions({ task, data, training }: Manifest): ManifestIssue[] {
  const { loss, classWeights } = training
  const issues: ManifestIssue[] = []
  if (loss !== undefined && task !== 'regression') {
    issues.push(issueAt(['training', 'loss'], loss, `nothing: the task is ${task}`))
  }
  if (classWeights === undefined) return issues
  const classes = classesOf(data).length
  if (task !== 'classification') {
    issues.push(issueAt(['training', 'classWeights'], classWeights, `nothing: the task is ${task}`))
  } else if (classWeights !== 'balanced' && classWeights.length !== classes) {
    const expected = `${classes} numbers, one a class`
    issues.push(issueAt(['training', 'classWeights'], classWeights.length, expected))
  }
  return issues
}
