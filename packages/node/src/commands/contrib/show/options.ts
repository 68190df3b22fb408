import { optional, repeated, toggle } from '../../../framework/option.ts'
import { filePath, siloName } from '../../../framework/value-type.ts'
import { showOptions } from '../../run/show/options.ts'

export const contribShowOptions = {
  ...showOptions,
  silo: repeated(siloName, 'only this silo, round by round; may be given several times'),
  chart: toggle('draw the values in the terminal'),
  svg: optional(filePath(), 'write the chart there as SVG; a file that is there is replaced'),
} as const
