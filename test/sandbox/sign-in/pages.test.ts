import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { people, tenants } from '../../../sandbox/sign-in/directory.ts'
import { answerOf, press, visit } from './browsing.ts'
import {
  authorizeUrl,
  callToken,
  redeemParams,
  startIssuer,
  WEB,
  type TestIssuer,
} from './support.ts'

let world: TestIssuer
beforeEach(async () => {
  world = await startIssuer()
})
afterEach(() => world.issuer[Symbol.asyncDispose]())

async function signedInCookie(): Promise<string> {
  const consent = await press(await visit(authorizeUrl(world.url)), {
    person: 'alice@contoso.test',
  })
  return (await press(consent, { decision: 'accept' })).cookie
}

describe('signing in on the pages', () => {
  it('asks who it is, then for consent in human words, then goes back with a code', async () => {
    const picker = await visit(authorizeUrl(world.url, { state: 'a&b="c"<d>' }))
    expect(picker.text).toContain('Sign in as Alice')
    expect(picker.text).not.toContain('Contoso Sales')

    const consent = await press(picker, { person: 'alice@contoso.test' })
    expect(consent.text).toContain('Read your mail')
    expect(consent.text).not.toContain('Read and change your mail')

    const back = await press(consent, { decision: 'accept' })
    expect(back.status).toBe(303)
    expect(back.location).toMatch(new RegExp(`^${WEB}\\?`))
    const { code, state } = answerOf(back)
    expect(state).toBe('a&b="c"<d>')
    expect((await callToken(world.url, redeemParams(code!))).status).toBe(200)
  })

  it('remembers who signed in and what was allowed, and forgets at sign-out', async () => {
    const cookie = await signedInCookie()
    const again = await visit(authorizeUrl(world.url), undefined, cookie)
    expect(answerOf(again)).toHaveProperty('code')
    const more = await visit(
      authorizeUrl(world.url, { scope: 'Mail.Read Mail.Send' }),
      undefined,
      cookie,
    )
    expect(more.text).toContain('Send mail as you')

    const out = await visit(
      `${world.url}/common/oauth2/v2.0/logout?post_logout_redirect_uri=${WEB}&state=x`,
      undefined,
      cookie,
    )
    expect(out.location).toBe(`${WEB}?state=x`)
    expect((await visit(authorizeUrl(world.url), undefined, cookie)).text).toContain(
      'Who are you today?',
    )
  })

  it('tells the app when the person cancels', async () => {
    const consent = await press(await visit(authorizeUrl(world.url)), {
      person: 'bob@contoso.test',
    })
    const back = answerOf(await press(consent, { decision: 'cancel' }))
    expect(back).toMatchObject({ error: 'access_denied', state: 's-1' })
    expect(back['error_description']).toMatch(/^AADSTS65004/)
    expect(back).not.toHaveProperty('code')
  })

  it('shows only people of the tenant it is asked for', async () => {
    const contoso = await visit(authorizeUrl(world.url, {}, tenants.contoso.id))
    expect(contoso.text).not.toContain('Carol')
    const fabrikam = await visit(authorizeUrl(world.url, {}, 'fabrikam.test'))
    expect(fabrikam.text).toContain('Carol')
    expect(fabrikam.text).not.toContain('Alice')
    const forced = await press(contoso, { person: 'carol@fabrikam.test' })
    expect([forced.status, forced.text.includes('AADSTS50020')]).toEqual([400, true])
  })

  it('shows a disabled person and a shared mailbox the door', async () => {
    world.issuer.accounts.disable(people.bob)
    const picker = await visit(authorizeUrl(world.url))
    expect((await press(picker, { person: 'bob@contoso.test' })).text).toContain('AADSTS50057')
    expect((await press(picker, { person: 'sales@contoso.test' })).text).toContain('AADSTS50034')
  })
})

describe('what the app may ask of the page', () => {
  it('answers in the query, the fragment or a form that sends itself', async () => {
    const cookie = await signedInCookie()
    const ask = (mode: string) =>
      visit(authorizeUrl(world.url, { response_mode: mode }), undefined, cookie)
    expect((await ask('query')).location).toMatch(new RegExp(`^${WEB}\\?code=`))
    expect((await ask('fragment')).location).toMatch(new RegExp(`^${WEB}#code=`))
    const form = await ask('form_post')
    expect(form.text).toContain(`<form method="post" action="${WEB}">`)
    expect(form.text).toMatch(/name="code" value="1\.[\w-]+"/)
    expect(form.text).toContain('<script src="/form-post.js"></script>')
  })

  it('with prompt=none never shows a page', async () => {
    const silent = { prompt: 'none' }
    expect(answerOf(await visit(authorizeUrl(world.url, silent)))).toMatchObject({
      error: 'login_required',
    })
    const cookie = await signedInCookie()
    expect(
      answerOf(await visit(authorizeUrl(world.url, silent), undefined, cookie)),
    ).toHaveProperty('code')
    const more = authorizeUrl(world.url, { ...silent, scope: 'Mail.Send' })
    expect(answerOf(await visit(more, undefined, cookie))).toMatchObject({
      error: 'interaction_required',
    })
    const other = authorizeUrl(world.url, { ...silent, login_hint: 'bob@contoso.test' })
    expect(answerOf(await visit(other, undefined, cookie))).toMatchObject({
      error: 'login_required',
    })
  })

  it('with prompt=select_account or another login hint asks again who it is', async () => {
    const cookie = await signedInCookie()
    const ask = async (params: Record<string, string>) =>
      (await visit(authorizeUrl(world.url, params), undefined, cookie)).text
    expect(await ask({ prompt: 'select_account' })).toContain('Who are you today?')
    const hinted = await ask({ login_hint: 'bob@contoso.test' })
    expect(hinted.indexOf('Sign in as Bob')).toBeLessThan(hinted.indexOf('Sign in as Alice'))
    expect(await ask({ prompt: 'consent' })).toContain('asks for your permission')
  })

  it.each([
    ['an implicit grant', { response_type: 'token' }, 'unsupported_response_type'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['PKCE without a method', { code_challenge_method: undefined }, 'invalid_request'],
    ['no scope', { scope: undefined }, 'invalid_request'],
    ['an unknown scope', { scope: 'Mail.Reed' }, 'invalid_client'],
  ])('tells the app that it cannot have %s', async (_name, params, error) => {
    const seen = answerOf(await visit(authorizeUrl(world.url, params)))
    expect(seen).toMatchObject({ error, state: 's-1' })
  })
})

describe('what a stranger may try', () => {
  it.each([
    ['another port', 'http://localhost:3999/auth/callback', 'AADSTS50011'],
    ['a longer path', `${WEB}/more`, 'AADSTS50011'],
    ['a query', `${WEB}?x=1`, 'AADSTS50011'],
    ['another case', WEB.toUpperCase(), 'AADSTS50011'],
    ['a script', 'javascript:alert(1)', 'AADSTS50011'],
    ['none', undefined, 'AADSTS900144'],
  ])(
    'is never sent to %s instead of the registered redirect URI',
    async (_name, redirect_uri, code) => {
      const seen = await visit(authorizeUrl(world.url, { redirect_uri }))
      expect([seen.status, seen.location]).toEqual([400, null])
      expect(seen.text).toContain(code)
      expect(() =>
        world.issuer.authorizeAs('alice', authorizeUrl(world.url, { redirect_uri })),
      ).toThrow(code)
    },
  )

  it('is not sent anywhere by sign-out either', async () => {
    const seen = await visit(
      `${world.url}/common/oauth2/v2.0/logout?post_logout_redirect_uri=https://evil.test`,
    )
    expect([seen.status, seen.location]).toEqual([200, null])
  })

  it('gets everything reflected as text', async () => {
    const script = '"><script>alert(1)</script>'
    const urls = [
      authorizeUrl(world.url, { state: script }),
      authorizeUrl(world.url, { redirect_uri: script }),
      authorizeUrl(world.url, { client_id: script }),
      authorizeUrl(world.url, { [script]: script }),
      authorizeUrl(world.url, {}, encodeURIComponent(script)),
    ]
    for (const url of urls) expect((await visit(url)).text).not.toContain('<script>alert')
  })

  it('finds no inline script allowed, no framing, no caching', async () => {
    const { headers } = await visit(authorizeUrl(world.url))
    expect(headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/,
    )
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-opener-policy')).toBeNull()
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('meets an error page for an unknown tenant or app, and with a single-tenant app for common', async () => {
    expect((await visit(authorizeUrl(world.url, {}, 'nowhere.test'))).text).toContain('AADSTS90002')
    expect((await visit(authorizeUrl(world.url, { client_id: 'nobody' }))).text).toContain(
      'AADSTS700016',
    )
    world.issuer.registration.multiTenant = false
    expect((await visit(authorizeUrl(world.url))).text).toContain('AADSTS50194')
    expect((await visit(`${world.url}/`)).status).toBe(404)
  })
})
