/** What TensorFlow and CUDA are told through the environment unless the user says otherwise. */
const DEFAULTS = {
  // Only warnings and errors on stderr.
  TF_CPP_MIN_LOG_LEVEL: '2',
  // The same steps give the same weights, also on a GPU.
  TF_DETERMINISTIC_OPS: '1',
  // TF32 has mantissas of 10 bits: its results are no longer within the tolerance of other engines.
  NVIDIA_TF32_OVERRIDE: '0',
} as const

/** Fills in what native libraries read from the process's environment when they are loaded. */
export function setNativeDefaults(env: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(DEFAULTS)) env[name] ??= value
}
