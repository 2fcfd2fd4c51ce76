import {
  constants,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  privateDecrypt,
} from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { ChangeNotification } from '@microsoft/microsoft-graph-types'
import { decodeJwt, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import type { SignValidationToken } from '../../../../sandbox/graph/delivery/content/validation-tokens.ts'
import type { DeliveryKnobs } from '../../../../sandbox/graph/knobs.ts'
import { APP, aTwin, TENANT } from '../a-twin.ts'
import { aCertificate } from '../subscriptions/a-certificate.ts'

const PUBLISHER = '0bf30f3b-4a52-48df-9a82-234910c4a086'

/** Signs as the issuer does: v1 names the publisher in `appid`, v2 in `azp` (graph-contract 2.4). */
const signingKeys = generateKeyPair('RS256')

async function aSigner() {
  const { publicKey, privateKey } = await signingKeys
  const sign: SignValidationToken = ({ tenantId, appId, version, expired }) =>
    new SignJWT({
      ver: `${version}.0`,
      ...(version === 1 ? { appid: PUBLISHER } : { azp: PUBLISHER }),
      tid: tenantId,
    })
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(
        version === 1
          ? `https://sts.windows.net/${tenantId}/`
          : `https://login.microsoftonline.com/${tenantId}/v2.0`,
      )
      .setAudience(appId)
      .setExpirationTime(expired ? Math.floor(Date.now() / 1_000) - 3_600 : '24h')
      .sign(privateKey)
  return { publicKey, sign }
}

async function aRichBatch(knobs: Partial<DeliveryKnobs> = {}) {
  const { publicKey, sign } = await aSigner()
  const world = aTwin({
    signValidationToken: sign,
    knobs: { delivery: { minLatencyMs: 1_000, maxLatencyMs: 1_000, ...knobs } },
  })
  await world.subscribe({
    resource: 'me/messages?$select=subject,isRead,from',
    includeResourceData: true,
    encryptionCertificate: aCertificate.base64,
    encryptionCertificateId: 'key-1',
    expirationDateTime: world.inMinutes(600),
  })
  const first = await world.deliver('First')
  await world.deliver('Second')
  await world.clock.advance(5_000, () => world.twin.idle())
  const batch = world.endpoint.received[0]?.batch
  return { ...world, publicKey, first, tokens: batch?.validationTokens, items: batch?.value ?? [] }
}

const privateKey = createPrivateKey({
  key: Buffer.from(aCertificate.privateKey, 'base64'),
  format: 'der',
  type: 'pkcs8',
})

const keyOf = ({ encryptedContent }: ChangeNotification) =>
  privateDecrypt(
    { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    Buffer.from(encryptedContent?.dataKey ?? '', 'base64'),
  )

/** The recipe of graph-contract 2.4, step by step. */
function open(item: ChangeNotification): { isGenuine: boolean; content: unknown } {
  const key = keyOf(item)
  const data = Buffer.from(item.encryptedContent?.data ?? '', 'base64')
  const signature = createHmac('sha256', key).update(data).digest('base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16))
  const text = Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8')
  return {
    isGenuine: signature === item.encryptedContent?.dataSignature,
    content: JSON.parse(text),
  }
}

describe('a rich notification (graph-contract 2.4)', () => {
  it('is opened with the private key of the certificate, and holds what was selected', async () => {
    const { items, first } = await aRichBatch()
    expect(open(items[0] ?? {})).toEqual({
      isGenuine: true,
      content: {
        '@odata.type': '#microsoft.graph.message',
        '@odata.etag': first.etag,
        id: first.defaultId,
        subject: 'First',
        isRead: false,
        from: { emailAddress: { name: 'Carol', address: 'carol@customer.example' } },
      },
    })
    expect(items[0]?.resourceData).toMatchObject({ '@odata.type': '#microsoft.graph.message' })
    expect(items[0]?.encryptedContent).toMatchObject({
      encryptionCertificateId: 'key-1',
      encryptionCertificateThumbprint: expect.stringMatching(/^[0-9A-F]{40}$/),
    })
  })

  it('has a key of 32 bytes of its own', async () => {
    const { items } = await aRichBatch()
    const keys = items.map(keyOf)
    expect(keys.map(({ length }) => length)).toEqual([32, 32])
    expect(keys[0]?.equals(keys[1] ?? Buffer.alloc(0))).toBe(false)
  })

  it('tells of a deletion without content', async () => {
    const { twin, clock, endpoint } = await aRichBatch()
    twin.desk.delete('alice@flow.example')
    await clock.advance(5_000, () => twin.idle())
    const gone = endpoint.items().find(({ changeType }) => changeType === 'deleted')
    expect(gone).toBeDefined()
    expect(gone).not.toHaveProperty('encryptedContent')
  })

  it.each([
    [1, 'appid', `https://sts.windows.net/${TENANT}/`],
    [2, 'azp', `https://login.microsoftonline.com/${TENANT}/v2.0`],
  ] as const)(
    'comes with one token of version %i for the app and tenant',
    async (validationTokenVersion, claim, issuer) => {
      const { tokens, publicKey } = await aRichBatch({ validationTokenVersion })
      expect(tokens).toHaveLength(1)
      const { payload } = await jwtVerify(tokens?.[0] ?? '', publicKey, { audience: APP, issuer })
      expect(payload[claim]).toBe(PUBLISHER)
    },
  )

  it('leaves tokens out of batches without resource data', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin()
    await subscribe()
    await deliver()
    await clock.advance(180_000, () => twin.idle())
    expect(endpoint.received[0]?.batch).not.toHaveProperty('validationTokens')
  })
})

describe('a rich notification that is not right', () => {
  it('has a signature that does not fit', async () => {
    const { items } = await aRichBatch({ richFlaw: 'bad-signature' })
    expect(open(items[0] ?? {}).isGenuine).toBe(false)
  })

  it('names a certificate nobody has', async () => {
    const { items } = await aRichBatch({ richFlaw: 'wrong-certificate-id' })
    expect(items[0]?.encryptedContent?.encryptionCertificateId).not.toBe('key-1')
  })

  it('comes without tokens', async () => {
    const { tokens } = await aRichBatch({ richFlaw: 'null-tokens' })
    expect(tokens).toBeNull()
  })

  it('comes with a token for somebody else', async () => {
    const { tokens } = await aRichBatch({ richFlaw: 'foreign-token' })
    expect(decodeJwt(tokens?.[0] ?? '').aud).not.toBe(APP)
  })

  it('comes with a token of yesterday', async () => {
    const { tokens, publicKey } = await aRichBatch({ richFlaw: 'expired-token' })
    await expect(jwtVerify(tokens?.[0] ?? '', publicKey)).rejects.toThrow('exp')
  })
})
