import { expect, test } from 'vitest'
import { cleanText } from '../../../src/framework/clean-line.ts'
import { okEnvelope } from '../../../src/framework/envelope.ts'
import { createStatusLine } from '../../../src/runtime/status-line.ts'

/** Escape sequence, C1 command, bidi override, zero-width joiner, line separator, tag of another plane. */
const HOSTILE = ['\u001b[2J', '\u009b2J', '\u202egnp', 'a\u200db', '\u2028', '\u{e0041}', 'a\rb']
const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

test.each(HOSTILE)(
  'T23: %j reaches a terminal neither as text nor as JSON nor as progress',
  (name) => {
    expect(cleanText(`silo ${name}\nnext`)).not.toMatch(UNPRINTABLE)
    expect(cleanText(`silo ${name}\nnext`).split('\n')).toHaveLength(2)

    const json = okEnvelope('run show', { [name]: name })
    expect(json).not.toMatch(UNPRINTABLE)
    expect(JSON.parse(json).data).toEqual({ [name]: name })

    const written: string[] = []
    const line = createStatusLine({ write: (text) => written.push(text) }, true)
    line.update(name)
    line.print(name)
    expect(written.join('').replaceAll('\r\u001b[2K', '')).not.toMatch(UNPRINTABLE)
  },
)
