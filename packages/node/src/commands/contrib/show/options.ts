import { defaulted, optional, repeated, toggle } from '../../../framework/option.ts'
import { choice, filePath, siloName } from '../../../framework/value-type.ts'
import { showOptions } from '../../run/show/options.ts'

export const contribShowOptions = {
  ...showOptions,
  silo: repeated(siloName, 'only this silo, round by round; may be given several times'),
  values: defaulted(
    choice('WHAT', ['paid', 'comfedsv', 'class-wise']),
    'paid',
    'those that were paid by; or what all would have been worth in every round; or per class',
  ),
  chart: toggle('draw the values in the terminal'),
  svg: optional(filePath(), 'write the chart there as SVG; a file that is there is replaced'),
} as const
