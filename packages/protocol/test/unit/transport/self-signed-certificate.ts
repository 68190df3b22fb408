import { generateKeyPairSync, sign } from 'node:crypto'

/** OIDs in DER: ecdsa-with-SHA256 (RFC 5758), commonName (RFC 5280), subjectAltName (RFC 5280). */
const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex')
const COMMON_NAME = Buffer.from('0603550403', 'hex')
const SUBJECT_ALT_NAME = Buffer.from('0603551d11', 'hex')
const [INTEGER, BIT_STRING, OCTET_STRING, UTF8, UTC_TIME] = [0x02, 0x03, 0x04, 0x0c, 0x17]
const [SEQUENCE, SET, VERSION, EXTENSIONS, DNS_NAME] = [0x30, 0x31, 0xa0, 0xa3, 0x82]

/** A key and a certificate of a name, signed by itself, as PEM (X.509 v3, RFC 5280; P-256). */
export function selfSignedCertificate(name: string): {
  readonly key: string
  readonly cert: string
} {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const who = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, Buffer.from(name)))))
  const names = der(SEQUENCE, der(DNS_NAME, Buffer.from(name)))
  const extension = der(SEQUENCE, SUBJECT_ALT_NAME, der(OCTET_STRING, names))
  const algorithm = der(SEQUENCE, ECDSA_WITH_SHA256)
  const body = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Buffer.of(2))),
    der(INTEGER, Buffer.of(1)),
    algorithm,
    who,
    der(SEQUENCE, utcTime('200101000000Z'), utcTime('491231235959Z')),
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(EXTENSIONS, der(SEQUENCE, extension)),
  )
  const signature = Buffer.concat([Buffer.of(0), sign('sha256', body, privateKey)])
  const whole = der(SEQUENCE, body, algorithm, der(BIT_STRING, signature))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`,
  }
}

function utcTime(text: string): Buffer {
  return der(UTC_TIME, Buffer.from(text))
}

/** Tag, length, content (X.690); content below 65,536 bytes. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content)
  const long =
    bytes.length > 255 ? [0x82, bytes.length >> 8, bytes.length & 255] : [0x81, bytes.length]
  return Buffer.concat([Buffer.from([tag, ...(bytes.length < 128 ? [bytes.length] : long)]), bytes])
}
