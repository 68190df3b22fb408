import { readSharedData } from './shared-data.ts'

/** The three companies whose reviews these are. */
const SITES = ['imdb', 'yelp', 'amazon_cells'] as const

/** One sentence of a review. */
export type Sentence = {
  readonly site: (typeof SITES)[number]
  readonly text: string
  readonly label: '0' | '1'
}

/** The 3,000 sentences; lines end at LF only, since one file has U+0085 within a sentence. */
export function loadSentiment(): readonly Sentence[] {
  return SITES.flatMap((site) =>
    readSharedData('sentiment-3-sites', `${site}_labelled.txt`)
      .toString('utf8')
      .trim()
      .split('\n')
      .map((line): Sentence => {
        const tab = line.lastIndexOf('\t')
        return { site, text: line.slice(0, tab).trim(), label: line.endsWith('1') ? '1' : '0' }
      }),
  )
}
