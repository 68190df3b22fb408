/** Name of the held-out rows' file, where `fednode up` lays it out and where a finished run keeps it. */
export const VALIDATION_FILE = 'validation.safetensors'
