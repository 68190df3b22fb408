import { describe, expect, it } from 'vitest'
import { explainEngineProblem } from '../../../src/backends/engine-problem.ts'

describe('explainEngineProblem', () => {
  it.each([
    [
      'W gpu_device.cc: Cannot dlopen some GPU libraries. Please make sure the missing libraries are installed',
      "some of CUDA's or cuDNN's libraries are missing",
    ],
    [
      "Could not load dynamic library 'libcudnn.so.9'; dlerror: libcudnn.so.9: cannot open shared object file: No such file or directory",
      'libcudnn.so.9, a library of CUDA or cuDNN, is missing',
    ],
    [
      'libcudart.so.12: cannot open shared object file: No such file or directory',
      'libcudart.so.12, a library of CUDA or cuDNN, is missing',
    ],
    [
      "Warning: Couldn't load Vulkan: libvulkan.so.1: cannot open shared object file: No such file or directory\nwebgpu: there is no graphics adapter",
      'libvulkan.so.1, the loader of Vulkan drivers, is missing',
    ],
    [
      'kernel version 535.104.5 does not match DSO version 550.54.15 -- cannot find working devices',
      'the NVIDIA driver in the kernel is 535.104.5, its library 550.54.15: they have to be the same',
    ],
    [
      'CUDA driver version is insufficient for CUDA runtime version',
      "the NVIDIA driver is older than this TensorFlow's CUDA",
    ],
    [
      'failed call to cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected',
      'TensorFlow finds no NVIDIA GPU that it can use',
    ],
    [
      "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by libtensorflow_cc.so.2)",
      'the library needs GLIBC_2.38, and this system is older',
    ],
    ['it was ended by SIGILL', 'the library uses instructions that this processor does not have'],
    ['it was ended by SIGSEGV', 'its library crashed (SIGSEGV)'],
    ['it was ended by SIGTERM', 'its self-test did not end in two minutes'],
    [
      'tfjs_binding.node: undefined symbol: TFE_Execute',
      'the binding and the library do not fit together (TFE_Execute is missing)',
    ],
    ['libtensorflow.so.2: invalid ELF header', 'the library was built for another kind of machine'],
    [
      "no suitable backends found\nAvailable adapters:\n * backend: 'vulkan', name: 'SwiftShader Device (Subzero)'",
      'no graphics adapter has that name; there are: SwiftShader Device (Subzero)',
    ],
    [
      "Kernel 'Conv2DBackpropFilter' not registered for backend 'x'",
      'it cannot compute Conv2DBackpropFilter',
    ],
    ['first line\n  something new  \n', 'something new'],
    ['', 'it ended without a word'],
  ])('says of %j: %s', (said, reason) => {
    const problem = explainEngineProblem(said)
    expect(problem.reason).toBe(reason)
    expect(problem.fix).toMatch(/\.$/)
  })
})
