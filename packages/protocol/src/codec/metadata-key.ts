/** Entry of a safetensors header that is no tensor: a map of texts. */
export const METADATA_KEY = '__metadata__'
