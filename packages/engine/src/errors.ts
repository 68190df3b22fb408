import { FedError } from '@fednode/protocol'

/** Why the engine refused to go on. */
export type EngineErrorInfo =
  /** A loss, a weight or a feature is NaN or infinite. */
  | { code: 'NOT_FINITE'; what: string }
  /** The topology asks for something outside the allow-list or the limits (T20). */
  | { code: 'UNSUPPORTED_MODEL'; reason: string }
  /** Weights or data do not have the shape that the model asks for. */
  | { code: 'SHAPE_MISMATCH'; expected: string; actual: string }
  /** There is nothing to train on, evaluate or average. */
  | { code: 'EMPTY_INPUT'; what: string }
  /** A training plan or an option outside its range. */
  | { code: 'BAD_PLAN'; reason: string }
  /** The caller's signal ended the training. */
  | { code: 'TRAINING_ABORTED' }
  /** The back end did not start on this machine. */
  | { code: 'BACKEND_UNAVAILABLE'; backend: string }
  /** The GPU was reset or taken away; what lay in its memory is gone, and a rebuilt back end can go on. */
  | { code: 'DEVICE_LOST'; reason: string }
  /** The back end refused a computation, for example for want of memory. */
  | { code: 'DEVICE_ERROR'; reason: string }
  /** The back end has no room for a tensor; `neededBytes` of tensors would have been there with it. */
  | { code: 'OUT_OF_MEMORY'; neededBytes: number }
  /** A thread that evaluates ended or failed; `reason` is what it said. */
  | { code: 'WORKER_FAILED'; reason: string }
  /** The engine or evaluator was used after dispose(). */
  | { code: 'ENGINE_DISPOSED' }

/** Errors of models, training and evaluation. */
export class EngineError extends FedError<EngineErrorInfo> {
  override name = 'EngineError'
}
