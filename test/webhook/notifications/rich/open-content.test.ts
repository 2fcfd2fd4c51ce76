import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { encryptContent } from '../../../../sandbox/graph/delivery/content/encrypt.ts'
import { Random } from '../../../../sandbox/random.ts'
import { openContent } from '../../../../webhook/notifications/rich/open-content.ts'
import { aCertificate } from '../../../sandbox/graph/subscriptions/a-certificate.ts'

const certificateId = 'ours'
const privateKey = createPrivateKey({
  key: Buffer.from(aCertificate.privateKey, 'base64'),
  format: 'der',
  type: 'pkcs8',
})
const random = new Random(4)
const sealed = (content: object, id = certificateId) =>
  encryptContent(
    content,
    { certificate: aCertificate.base64, certificateId: id },
    random.bytes(32),
  ) as { data: string; dataSignature: string; dataKey: string; encryptionCertificateId: string }

/** The same base64 with one bit of its bytes turned over. */
const flipped = (text: string, at: number): string => {
  const bytes = Buffer.from(text, 'base64')
  bytes[at % bytes.length]! ^= 1
  return bytes.toString('base64')
}

describe('the content of a rich notification', () => {
  it('is opened with the key of our certificate', () => {
    const content = { subject: 'Grüße 🦊', isDraft: false }
    expect(openContent(sealed(content), { privateKey, certificateId })).toEqual(content)
  })

  it('for another certificate is not opened', () => {
    expect(openContent(sealed({}, 'another'), { privateKey, certificateId })).toBeNull()
  })

  it('is not opened with another key', () => {
    const another = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    expect(openContent(sealed({}), { privateKey: another, certificateId })).toBeNull()
  })

  it.each(['data', 'dataSignature', 'dataKey'] as const)(
    'of which any bit of `%s` was changed is not opened',
    (part) => {
      const whole = sealed({ subject: 'Offer' })
      for (const at of [0, 7, 15, 16, 31, 63]) {
        const changed = { ...whole, [part]: flipped(whole[part], at) }
        expect(openContent(changed, { privateKey, certificateId })).toBeNull()
      }
    },
  )

  it('with the parts of two items is not opened', () => {
    const [one, other] = [sealed({ a: 1 }), sealed({ a: 2 })]
    expect(openContent({ ...one, data: other.data }, { privateKey, certificateId })).toBeNull()
    expect(
      openContent({ ...one, dataKey: other.dataKey }, { privateKey, certificateId }),
    ).toBeNull()
  })

  it.each(['', 'x', '====', 'AAAA'.repeat(1_000)])('that is none is not opened: %#', (text) => {
    const nonsense = {
      data: text,
      dataSignature: text,
      dataKey: text,
      encryptionCertificateId: certificateId,
    }
    expect(openContent(nonsense, { privateKey, certificateId })).toBeNull()
  })
})
