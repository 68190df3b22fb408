export { renderCliDocs } from './cli-docs.ts'
