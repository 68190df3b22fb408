import path from 'node:path'

/** Options whose data directory was resolved against the working directory. */
export type Resolved<A> = A & { readonly directory: string }

/** Resolves --dir. */
export function withDirectory<A extends { readonly dir: string }>(
  args: A,
  { cwd }: { readonly cwd: string },
): Resolved<A> {
  return { ...args, directory: path.resolve(cwd, args.dir) }
}
