/** Why an engine does not work, for a person. */
export type EngineProblem = {
  /** One sentence without a final period. */
  readonly reason: string
  /** What to do about it. */
  readonly fix: string
}

type Rule = {
  readonly pattern: RegExp
  readonly explain: (found: readonly string[]) => EngineProblem
}

const CUDA_LIBRARY = /cud|cublas|cufft|cusolver|cusparse|curand|nccl|nvrtc|nvJitLink/i

// The first that fits is the cause; what comes later is its consequence.
const RULES: readonly Rule[] = [
  {
    pattern: /kernel version ([\d.]+) does not match DSO version ([\d.]+)/,
    explain: ([, kernel, library]) => ({
      reason: `the NVIDIA driver in the kernel is ${kernel}, its library ${library}: they have to be the same`,
      fix: 'Restart the machine after an update of the driver, or install the driver again.',
    }),
  },
  {
    pattern: /driver version is insufficient|CUDA_ERROR_SYSTEM_DRIVER_MISMATCH|unsupported PTX/i,
    explain: () => ({
      reason: "the NVIDIA driver is older than this TensorFlow's CUDA",
      fix: "Update the driver ( nvidia-smi  shows its version), or install with an older TensorFlow's wheel:  --wheel FILE.",
    }),
  },
  {
    pattern:
      /(?:load dynamic library '|\b)(lib[\w.+-]+?\.(?:so[\d.]*|dylib))'?[:;] cannot open shared/,
    explain: ([, library = '']) => missingLibrary(library),
  },
  {
    pattern: /Cannot dlopen some GPU libraries/,
    explain: () => ({
      reason: "some of CUDA's or cuDNN's libraries are missing",
      fix: 'Install CUDA 12 and cuDNN 9, and name their folder in LD_LIBRARY_PATH.',
    }),
  },
  {
    pattern: /CUDA_ERROR_NO_DEVICE|no CUDA-capable device|TensorFlow finds no GPU/,
    explain: () => ({
      reason: 'TensorFlow finds no NVIDIA GPU that it can use',
      fix: 'Look with  nvidia-smi ; in a container, start it with the GPU (--gpus all).',
    }),
  },
  {
    pattern: /version `(GLIBC(?:XX)?_[\d.]+)' not found/,
    explain: ([, version]) => ({
      reason: `the library needs ${version}, and this system is older`,
      fix: 'Take an older TensorFlow with  --wheel FILE  or  --libtensorflow DIR.',
    }),
  },
  {
    pattern: /SIGILL|[Ii]llegal instruction/,
    explain: () => ({
      reason: 'the library uses instructions that this processor does not have',
      fix: 'Take a TensorFlow that was built without AVX, with  --libtensorflow DIR.',
    }),
  },
  {
    pattern: /ended by SIGTERM/,
    explain: () => ({
      reason: 'its self-test did not end in two minutes',
      fix: 'Look what else uses the processor or the GPU.',
    }),
  },
  {
    pattern: /ended by (SIG\w+)/,
    explain: ([, signal]) => ({
      reason: `its library crashed (${signal})`,
      fix: 'Install the engine again, or take another version with  --wheel FILE.',
    }),
  },
  {
    pattern: /undefined symbol: (\w+)/,
    explain: ([, symbol]) => ({
      reason: `the binding and the library do not fit together (${symbol} is missing)`,
      fix: 'Install the engine again.',
    }),
  },
  {
    pattern: /invalid ELF header|wrong ELF class|Exec format error|incompatible architecture/,
    explain: () => ({
      reason: 'the library was built for another kind of machine',
      fix: 'Install the engine again, with the library of this operating system and processor.',
    }),
  },
  {
    pattern: /no suitable backends found([\s\S]*)/,
    explain: ([, rest = '']) => ({
      reason: `no graphics adapter has that name; there are: ${adapterNames(rest)}`,
      fix: 'Name one of them with  --webgpu-adapter, or leave it out.',
    }),
  },
  {
    pattern: /there is no graphics adapter/,
    explain: () => ({
      reason: 'there is no graphics adapter with a driver for Vulkan, Metal or Direct3D 12',
      fix: "Install the graphics card's driver.",
    }),
  },
  {
    pattern: /bad_alloc|out of memory|OOM|RESOURCE_EXHAUSTED/i,
    explain: () => ({
      reason: 'there is not enough memory for it',
      fix: 'Close what else uses it.',
    }),
  },
  {
    pattern: /Kernel '(\w+)' not registered/,
    explain: ([, kernel]) => ({
      reason: `it cannot compute ${kernel}`,
      fix: 'Install the engine again.',
    }),
  },
]

/**
 * Turns what a back end, the dynamic linker or a driver said into one sentence.
 * @param said - messages of errors and what was printed on stderr, the error last.
 */
export function explainEngineProblem(said: string): EngineProblem {
  for (const { pattern, explain } of RULES) {
    const found = pattern.exec(said)
    if (found !== null) return explain(found)
  }
  const last = said.trim().split('\n').at(-1)?.trim() ?? ''
  return {
    reason: last === '' ? 'it ended without a word' : last,
    fix: 'Install the engine again, and report this if it stays.',
  }
}

function missingLibrary(library: string): EngineProblem {
  if (library.startsWith('libvulkan'))
    return {
      reason: `${library}, the loader of Vulkan drivers, is missing`,
      fix: "Install the package libvulkan1 (Debian, Ubuntu) or vulkan-loader, and the graphics card's driver.",
    }
  if (CUDA_LIBRARY.test(library))
    return {
      reason: `${library}, a library of CUDA or cuDNN, is missing`,
      fix: 'Install the version of CUDA or cuDNN that has it, and name its folder in LD_LIBRARY_PATH.',
    }
  return { reason: `the library ${library} is missing`, fix: `Install the package that has it.` }
}

function adapterNames(list: string): string {
  const names = [...list.matchAll(/name: '([^']*)'/g)].map(([, name]) => name)
  return names.length === 0 ? 'none' : names.join(', ')
}
