import { adapterOptions } from '../../../options/engine.ts'

export const engineListOptions = { ...adapterOptions } as const
