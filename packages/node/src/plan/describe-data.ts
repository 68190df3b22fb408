import type { DataSpec } from '@fednode/protocol'

/** What a federation learns from its data, in a few words: "Predict ill from 12 columns". */
export function describeData(data: DataSpec): string {
  switch (data.kind) {
    case 'array':
      return data.classes === undefined
        ? 'Learn what arrays are usual'
        : 'Tell classes of arrays apart'
    case 'text':
      return `Predict ${data.label.column} from the words of ${data.column}`
    case 'series':
      return `Forecast ${data.label.column} ${data.horizon * data.stepSeconds} s ahead from ${data.past} readings`
    case 'table': {
      const from = `from ${data.columns.length} columns`
      if (data.label === undefined) return `Learn what rows are usual ${from}`
      const predicted = 'time' in data.label ? `the risk of ${data.label.event}` : data.label.column
      return `Predict ${predicted} ${from}`
    }
  }
}
