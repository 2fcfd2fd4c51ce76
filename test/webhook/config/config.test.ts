import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readConfig } from '../../../webhook/config/config.ts'
import { Environment } from '../../../webhook/config/environment.ts'
import { ConfigError } from '../../../webhook/errors.ts'
import { envExample } from '../../../webhook/config/example.ts'

const ROOT_KEY = randomBytes(32).toString('base64')
const PASSWORD = 'correct-horse-battery'
const CLIENT_SECRET = 'entra-knows-me-by-this'

const enough = {
  PUBLIC_URL: 'https://crm.example.com',
  ADDIN_URL: 'https://addin.example.com',
  MONGODB_URL: `mongodb://crm:${PASSWORD}@127.0.0.1:27017/flowcrm`,
  CLIENT_ID: '11111111-2222-4333-8444-555555555555',
  CLIENT_SECRET,
  ROOT_KEY,
}

/** The lines of the refusal that name a variable; none when the configuration is accepted. */
function faultsOf(env: Record<string, string | undefined>): string[] {
  return refusalOf(env)
    .split('\n')
    .filter((line) => line.startsWith('  - '))
    .map((line) => line.slice(4))
}

function refusalOf(env: Record<string, string | undefined>): string {
  try {
    readConfig(env)
    return ''
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
}

describe('the configuration', () => {
  it('needs six variables, and takes the public cloud for the rest', () => {
    const { config, secrets } = readConfig(enough)
    expect(config).toMatchObject({
      http: { port: 3000, addinPort: 3004 },
      publicUrl: 'https://crm.example.com',
      graphUrl: 'https://graph.microsoft.com/v1.0',
      entra: {
        authorityUrl: 'https://login.microsoftonline.com',
        tenant: 'organizations',
        apiScope: 'api://11111111-2222-4333-8444-555555555555/access_as_user',
      },
      sandbox: null,
    })
    expect(secrets.clientCredential).toEqual({ kind: 'secret', secret: CLIENT_SECRET })
    expect(secrets.rootKey).toEqual(Buffer.from(ROOT_KEY, 'base64'))
  })

  it('is refused in one message that names every variable at fault', () => {
    const refusal = refusalOf({ PORT: 'many', SYNC_WORKERS: '0', PUBLIC_URL: 'crm' })
    for (const name of [
      ...['PORT', 'SYNC_WORKERS', 'PUBLIC_URL', 'ADDIN_URL'],
      ...['MONGODB_URL', 'CLIENT_ID', 'CLIENT_SECRET', 'ROOT_KEY'],
    ])
      expect(refusal).toContain(`  - ${name}: `)
    expect(refusal).toContain('.env.example')
  })

  it('names the sandbox to whoever has no database', () => {
    const refusal = refusalOf({ ...enough, MONGODB_URL: undefined })
    expect(refusal).toContain('MONGODB_URL: is missing')
    expect(refusal).toContain('npm run sandbox')
  })

  it.each(['PUBLIC_URL', 'ADDIN_URL', 'MONGODB_URL', 'CLIENT_ID', 'ROOT_KEY'])(
    'treats an empty %s as a missing one',
    (name) => {
      expect(faultsOf({ ...enough, [name]: '' })).toEqual([`${name}: is missing`])
    },
  )

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['MONGODB_URL', 'postgres://127.0.0.1/flowcrm'],
    ['CLIENT_ID', 'flowcrm'],
    ['ROOT_KEY', randomBytes(31).toString('base64')],
    ['ROOT_KEY', randomBytes(33).toString('base64')],
    ['LOG_LEVEL', 'loud'],
    ['GRAPH_CONCURRENCY_PER_MAILBOX', '5'],
    ['SUBSCRIPTION_LIFE_MINUTES', '10081'],
    ['SUBSCRIPTION_LIFE_MINUTES', '44'],
  ])('refuses %s=%s', (name, value) => {
    const [fault, ...more] = faultsOf({ ...enough, [name]: value })
    expect(fault).toContain(`${name}: `)
    expect(more).toEqual([])
  })

  it.each([
    ['PORT', '65535'],
    ['GRAPH_CONCURRENCY_PER_MAILBOX', '4'],
    ['SUBSCRIPTION_LIFE_MINUTES', '10080'],
    ['SUBSCRIPTION_LIFE_MINUTES', '45'],
    ['MONGODB_URL', 'mongodb+srv://cluster.example.com/flowcrm'],
  ])('takes %s=%s', (name, value) => {
    expect(faultsOf({ ...enough, [name]: value })).toEqual([])
  })
})

describe('plain http', () => {
  const urls = ['PUBLIC_URL', 'ADDIN_URL', 'GRAPH_URL', 'AUTHORITY_URL']

  it.each(urls)('is refused in %s for another machine', (name) => {
    const [fault, ...more] = faultsOf({ ...enough, [name]: 'http://crm.example.com' })
    expect(fault).toContain(`${name}: must be https`)
    expect(more).toEqual([])
  })

  it.each(urls)('is accepted in %s on loopback', (name) => {
    for (const host of ['localhost:3000', '127.0.0.1', '[::1]:8080'])
      expect(faultsOf({ ...enough, [name]: `http://${host}` })).toEqual([])
  })

  it('is not accepted on a host that only looks like loopback', () => {
    for (const host of ['localhost.example.com', '127.0.0.1.example.com'])
      expect(faultsOf({ ...enough, PUBLIC_URL: `http://${host}` })).toHaveLength(1)
  })
})

describe('the client credential', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'flowcrm-config-'))
  const CLIENT_CERTIFICATE_FILE = path.join(folder, 'certificate.pem')
  const CLIENT_CERTIFICATE_KEY_FILE = path.join(folder, 'key.pem')
  const withoutSecret = { ...enough, CLIENT_SECRET: undefined }

  beforeAll(() => {
    writeFileSync(CLIENT_CERTIFICATE_FILE, 'the certificate')
    writeFileSync(CLIENT_CERTIFICATE_KEY_FILE, 'the key')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('may be a certificate with its key', () => {
    const pair = { CLIENT_CERTIFICATE_FILE, CLIENT_CERTIFICATE_KEY_FILE }
    expect(readConfig({ ...withoutSecret, ...pair }).secrets.clientCredential).toEqual({
      kind: 'certificate',
      certificatePem: 'the certificate',
      privateKeyPem: 'the key',
    })
  })

  it.each([{ CLIENT_CERTIFICATE_FILE }, { CLIENT_CERTIFICATE_KEY_FILE }])(
    'may not be half a certificate pair, not even beside a secret',
    (half) => {
      for (const env of [enough, withoutSecret])
        expect(faultsOf({ ...env, ...half })).toEqual([
          'CLIENT_CERTIFICATE_FILE, CLIENT_CERTIFICATE_KEY_FILE: give both, or neither',
        ])
    },
  )

  it('may not be a file that is not there', () => {
    const gone = path.join(folder, 'gone.pem')
    const pair = { CLIENT_CERTIFICATE_FILE, CLIENT_CERTIFICATE_KEY_FILE: gone }
    expect(faultsOf({ ...withoutSecret, ...pair })).toEqual([
      'CLIENT_CERTIFICATE_KEY_FILE: the file cannot be read',
    ])
  })
})

describe('secrets', () => {
  it('are no part of the configuration that may be shown', () => {
    const shown = JSON.stringify(readConfig(enough).config)
    for (const secret of [PASSWORD, CLIENT_SECRET, ROOT_KEY]) expect(shown).not.toContain(secret)
  })

  it('are not repeated in a refusal', () => {
    const refusal = refusalOf({
      ...enough,
      PORT: 'many',
      ROOT_KEY: `${ROOT_KEY}AAAA`,
      MONGODB_URL: `mongo://crm:${PASSWORD}@127.0.0.1`,
    })
    for (const secret of [PASSWORD, CLIENT_SECRET, ROOT_KEY]) expect(refusal).not.toContain(secret)
  })

  it('have no default in .env.example', () => {
    for (const [name, schema] of Object.entries(Environment.shape))
      if (/SECRET|KEY$/.test(name)) expect(schema.safeParse(undefined).data).toBeUndefined()
    expect(envExample()).toMatch(/^ROOT_KEY=$/m)
  })
})
