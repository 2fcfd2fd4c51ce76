import { describe, expect, it } from '@jest/globals'
import { ProviderError, StoreUnavailableError } from '../../../webhook/errors.ts'
import { grantedIn } from '../../../webhook/sign-in/decide/granted.ts'
import { failureOf, overall } from '../../../webhook/test-sync/decide/found.ts'
import { permissionsFound } from '../../../webhook/test-sync/decide/permissions.ts'

const tokenWith = (claims: unknown) =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`

describe('what a token was granted', () => {
  it('is what it says: a person’s consent, or the app’s roles', () => {
    expect(grantedIn(tokenWith({ scp: 'Mail.Read User.Read' }))).toEqual(['Mail.Read', 'User.Read'])
    expect(grantedIn(tokenWith({ roles: ['Mail.Read'] }))).toEqual(['Mail.Read'])
    expect(grantedIn(tokenWith({}))).toEqual([])
  })

  it.each([
    ['an opaque one', 'EwBgA8l6BAAU'],
    ['one whose middle is no JSON', 'e30.AAAA.x'],
    ['one with odd claims', tokenWith({ roles: 'Mail.Read' })],
  ])('is not known of %s', (_what, token) => {
    expect(grantedIn(token)).toBeNull()
  })
})

const oneWay = { direction: 'one-way' } as const
const twoWay = { direction: 'two-way' } as const

describe('permissions', () => {
  it.each([
    ['delegated', ['Mail.Read', 'User.Read', 'openid', 'profile']],
    ['app', ['Mail.Read', 'User.Read.All']],
  ] as const)('of a %s mailbox are as needed', (authMode, granted) => {
    expect(permissionsFound(granted, { authMode, ...oneWay })).toMatchObject({
      status: 'ok',
      code: 'as-needed',
    })
  })

  it('that are more than needed are named, and nothing else is', () => {
    const found = permissionsFound(['Mail.Read', 'Mail.Send', 'Files.Read.All'], {
      authMode: 'delegated',
      ...oneWay,
    })
    expect(found).toMatchObject({ status: 'warning', fault: 'admin' })
    expect(found.sentence).toContain('Mail.Send, Files.Read.All.')
    expect(found.sentence).not.toContain('Mail.Read,')
  })

  it('to write are more than needed, though one can read with them', () => {
    const found = permissionsFound(['Mail.ReadWrite'], { authMode: 'app', ...oneWay })
    expect(found).toMatchObject({ status: 'warning', code: 'more-than-needed' })
  })

  it.each([
    ['delegated', 'person'],
    ['app', 'admin'],
  ] as const)('that are missing in a %s mailbox are for the %s to mend', (authMode, fault) => {
    const found = permissionsFound(['Mail.ReadBasic'], { authMode, ...oneWay })
    expect(found).toMatchObject({ status: 'failed', code: 'permission-missing', fault })
  })

  it('to write are as needed where something goes back to the mailbox', () => {
    const found = permissionsFound(['Mail.ReadWrite'], { authMode: 'app', ...twoWay })
    expect(found).toMatchObject({ status: 'ok', code: 'as-needed' })
  })

  it.each([
    ['delegated', 'person'],
    ['app', 'admin'],
  ] as const)('to write that a %s mailbox lacks are for the %s to give', (authMode, fault) => {
    const found = permissionsFound(['Mail.Read'], { authMode, ...twoWay })
    expect(found).toMatchObject({ status: 'warning', code: 'may-not-write', fault })
  })

  it('that nobody tells are not guessed', () => {
    expect(permissionsFound(null, { authMode: 'app', ...oneWay }).status).toBe('skipped')
  })
})

describe('a step that fails', () => {
  const refused = (code: ProviderError['code']) => new ProviderError(code, 'later', 'foreign words')
  it.each([
    [refused('provider-unavailable'), 'provider'],
    [refused('throttled'), 'provider'],
    [refused('unexpected-answer'), 'provider'],
    [refused('reconnect-needed'), 'person'],
    [refused('consent-needed'), 'person'],
    [refused('access-denied'), 'admin'],
    [refused('policy-blocked'), 'admin'],
    [refused('operator-needed'), 'service'],
    [new StoreUnavailableError('no answer'), 'service'],
    [new TypeError('somebody’s words'), 'service'],
  ])('says whose it is: %s', (error, fault) => {
    const found = failureOf(error)
    expect(found).toMatchObject({ status: 'failed', fault })
    expect(found.todo).toBeTruthy()
    expect(JSON.stringify(found)).not.toMatch(/foreign words|somebody’s words/)
  })
})

describe('the whole', () => {
  const stepOf = (status: 'ok' | 'warning' | 'failed' | 'skipped') => ({
    ...{ step: 'store' as const, status, code: 'c', fault: null, sentence: 's', todo: null, ms: 1 },
  })
  it('is as its worst step, and what was not tried does not count', () => {
    expect(overall([stepOf('ok'), stepOf('skipped')])).toBe('ok')
    expect(overall([stepOf('ok'), stepOf('warning')])).toBe('warning')
    expect(overall([stepOf('failed'), stepOf('warning')])).toBe('failed')
  })
})
