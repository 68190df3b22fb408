/** Mistakes that change nothing that anybody can observe, by their description, and why that is so. They are not counted. */
export const EQUIVALENT: readonly { readonly mutant: string; readonly why: string }[] = []
