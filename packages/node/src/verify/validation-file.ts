/** Name of the held-out rows' file, where `fednode up` lays it out and where a finished run keeps it. */
export const VALIDATION_FILE = 'validation.safetensors'

/** The same where they are a table. */
export const VALIDATION_TABLE = 'validation.csv'

/** Both names. */
export const VALIDATION_FILES: readonly string[] = [VALIDATION_FILE, VALIDATION_TABLE]
