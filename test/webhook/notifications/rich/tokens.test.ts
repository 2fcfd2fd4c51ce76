import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { exportSPKI, generateKeyPair, UnsecuredJWT, type JWTPayload } from 'jose'
import { trustIn } from '../../../../webhook/notifications/rich/trust.ts'
import { BOB, WORKSPACE } from '../../../support/builders.ts'
import { aBatch, anItem } from '../a-receiver.ts'
import {
  anAuthority,
  APP,
  CHANGE_TRACKING,
  type Minting,
  type TestAuthority,
} from './an-authority.ts'

const CONTENT = { data: '', dataSignature: '', dataKey: '', encryptionCertificateId: '' }
const PERSONAL_ACCOUNTS = '9188040d-6c67-4c5b-b112-36a304b66dad'
const ANOTHER = BOB

let authority: TestAuthority
beforeAll(async () => {
  authority = await anAuthority()
})
afterAll(() => authority[Symbol.asyncDispose]())

const verdict = async (token: string) => (await authority.tokens.verdictOn(token)).kind
const seconds = () => Math.floor(authority.clock.now().getTime() / 1_000)

describe('a validation token', () => {
  it.each([1, 2] as const)(
    'of version %i as Graph signs it is good, for its tenant',
    async (version) => {
      expect(await authority.tokens.verdictOn(await authority.token({ version }))).toEqual({
        kind: 'good',
        tenantId: WORKSPACE,
      })
    },
  )

  it('is good within five minutes of its end, as clocks differ', async () => {
    expect(await verdict(await authority.token({ claims: { exp: seconds() - 290 } }))).toBe('good')
  })

  it.each<[string, (authority: TestAuthority) => Minting]>([
    ['that has expired', () => ({ claims: { exp: seconds() - 301 } })],
    ['that is not yet valid', () => ({ claims: { nbf: seconds() + 301 } })],
    ['without an end', () => ({ claims: { exp: undefined } as unknown as JWTPayload })],
    ['without a beginning', () => ({ claims: { nbf: undefined } as unknown as JWTPayload })],
    ['for another app', () => ({ claims: { aud: ANOTHER } })],
    ['for Graph itself', () => ({ claims: { aud: 'https://graph.microsoft.com' } })],
    ['for us and for another app', () => ({ claims: { aud: [APP, ANOTHER] } })],
    ['for nobody', () => ({ claims: { aud: '' } })],
    ['of another publisher in azp', () => ({ claims: { azp: APP } })],
    ['of another publisher in appid', () => ({ version: 1, claims: { appid: APP } })],
    [
      'of version 2 with the publisher in appid',
      () => ({ claims: { azp: undefined, appid: CHANGE_TRACKING } }),
    ],
    [
      'of version 1 with the publisher in azp',
      () => ({
        version: 1,
        claims: { appid: undefined, azp: CHANGE_TRACKING },
      }),
    ],
    ['with the publisher in capitals', () => ({ claims: { azp: CHANGE_TRACKING.toUpperCase() } })],
    ['of no version', () => ({ claims: { ver: undefined } })],
    ['of version 3', () => ({ claims: { ver: '3.0' } })],
    [
      'of version 1 with the issuer of version 2',
      ({ url }) => ({ version: 1, claims: { iss: `${url}/${WORKSPACE}/v2.0` } }),
    ],
    [
      'of version 2 with the issuer of version 1',
      ({ url }) => ({ claims: { iss: `${url}/${WORKSPACE}/` } }),
    ],
    [
      'whose issuer is another tenant',
      ({ url }) => ({ claims: { iss: `${url}/${ANOTHER}/v2.0` } }),
    ],
    [
      'whose issuer is elsewhere',
      () => ({ claims: { iss: `https://login.example/${WORKSPACE}/v2.0` } }),
    ],
    ['whose issuer is the template', ({ url }) => ({ claims: { iss: `${url}/{tenantid}/v2.0` } })],
    [
      'whose tenant is no id',
      ({ url }) => ({ claims: { tid: 'common', iss: `${url}/common/v2.0` } }),
    ],
    ['without a tenant', () => ({ claims: { tid: undefined } })],
    ['of personal accounts', () => ({ claims: { tid: PERSONAL_ACCOUNTS } })],
    ['that names a key nobody has', () => ({ header: { kid: 'another' } })],
    ['that names a path for a key', () => ({ header: { kid: '../../keys' } })],
    [
      'that brings its own key',
      ({ publicKey: _ }) => ({
        header: { kid: 'mine', jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } },
      }),
    ],
    ['that says where its key is', ({ url }) => ({ header: { kid: 'mine', jku: `${url}/keys` } })],
  ])('%s is refused', async (_what, minting) => {
    expect(await verdict(await authority.token(minting(authority)))).toBe('bad')
  })

  it('signed by another key is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256')
    expect(await verdict(await authority.token({ key: privateKey }))).toBe('bad')
  })

  it('signed with the public key as if it were a secret is refused', async () => {
    const key = new TextEncoder().encode(await exportSPKI(authority.publicKey))
    expect(await verdict(await authority.token({ key, header: { alg: 'HS256' } }))).toBe('bad')
  })

  it('signed by nobody is refused', async () => {
    const good = await authority.token()
    const claims = JSON.parse(
      Buffer.from(good.split('.')[1] ?? '', 'base64url').toString(),
    ) as JWTPayload
    expect(await verdict(new UnsecuredJWT(claims).encode())).toBe('bad')
    expect(await verdict(`${good.split('.').slice(0, 2).join('.')}.`)).toBe('bad')
  })

  it('with any bit of its signature or claims changed is refused', async () => {
    const [head, body, signature = ''] = (await authority.token()).split('.')
    for (const at of [0, 50, 100, 300]) {
      const letter = signature[at] === 'A' ? 'B' : 'A'
      const changed = signature.slice(0, at) + letter + signature.slice(at + 1)
      expect(await verdict([head, body, changed].join('.'))).toBe('bad')
    }
    expect(await verdict([head, `${body?.slice(0, -4)}AAAA`, signature].join('.'))).toBe('bad')
  })

  it.each(['', 'x', 'a.b.c', '..', '{}', 'null', 'x'.repeat(20_000)])(
    'that is none is refused: %#',
    async (text) => {
      expect(await verdict(text)).toBe('bad')
    },
  )

  it('is left open while the authority is down, and checked when it is back', async () => {
    await using other = await anAuthority()
    const good = await other.token()
    other.goes('down')
    expect((await other.tokens.verdictOn(good)).kind).toBe('open')
    other.goes('up')
    expect((await other.tokens.verdictOn(good)).kind).toBe('good')
  })

  it('with an unknown key does not make us fetch the keys again and again', async () => {
    for (let forged = 0; forged < 50; forged++)
      await verdict(await authority.token({ header: { kid: `made up ${forged}` } }))
    const fetched = authority.asked.filter((path) => path.endsWith('/v2.0/keys'))
    expect(fetched.length).toBeLessThanOrEqual(2)
  })
})

describe('a batch with content', () => {
  const trust = async (tokens: unknown, ...items: Record<string, unknown>[]) => {
    const batch = aBatch(...items.map((item) => anItem({ encryptedContent: CONTENT, ...item })))
    const { readBatch } = await import('../../../../webhook/notifications/schema.ts')
    const { validationTokens } = readBatch({ value: [anItem()], validationTokens: tokens })!
    return trustIn({ ...batch, validationTokens }, authority)
  }
  const good = () => authority.token()

  it('is believed with a good token for its tenant', async () => {
    expect(await trust([await good()], {})).toBe('believed')
  })

  it('is believed with a token for each of its tenants, in both versions', async () => {
    const second = await authority.token({ version: 1, claims: { tid: ANOTHER } })
    expect(await trust([await good(), second], {}, { tenantId: ANOTHER })).toBe('believed')
  })

  it('is forged with one bad token among fifty', async () => {
    const bad = await authority.token({ claims: { aud: ANOTHER } })
    const fifty = await Promise.all(
      Array.from({ length: 49 }, (_, n) => authority.token({ claims: { n } })),
    )
    expect(await trust(fifty, {})).toBe('believed')
    expect(await trust([...fifty.slice(0, 30), bad, ...fifty.slice(30)], {})).toBe('forged')
  })

  it('is forged when nobody speaks for one of its tenants', async () => {
    expect(await trust([await good()], {}, { tenantId: ANOTHER })).toBe('forged')
    expect(await trust([await good()], { tenantId: undefined })).toBe('forged')
  })

  it.each([
    ['a text'],
    [7],
    [{}],
    [[7]],
    [[null]],
    [['']],
    [Array.from({ length: 201 }, () => 'x')],
  ])('is forged when its tokens are none: %j', async (tokens) => {
    expect(await trust(tokens, {})).toBe('forged')
  })

  it.each([[null], [undefined], [[]]])(
    'is not believed without tokens, and rings: %j',
    async (tokens) => {
      expect(await trust(tokens, {})).toBe('bare')
    },
  )
})
