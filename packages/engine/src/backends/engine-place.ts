import path from 'node:path'
import { EngineError } from '../errors.ts'
import type { BackendName, EvaluationBackend } from '../types.ts'

/** Back ends that `fednode engine install` fetches. */
export type InstalledBackend = Exclude<BackendName, EvaluationBackend>

/** Where back ends that do not come with fednode are. */
export type EnginePlace = {
  /** One folder per back end, each named after it. */
  readonly directory: string
  /** Part of the name of the graphics adapter that webgpu takes. @default the fastest that Dawn finds */
  readonly adapter?: string
}

/** The folder of one back end. @throws {EngineError} BACKEND_UNAVAILABLE where there is no place to look in. */
export function folderOf(backend: InstalledBackend, place: EnginePlace | undefined): string {
  if (place !== undefined) return path.join(place.directory, backend)
  throw new EngineError(
    `${backend} does not come with fednode, and no folder of engines is known`,
    {
      code: 'BACKEND_UNAVAILABLE',
      backend,
    },
  )
}
