import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { flowCrm, tenants } from '../../../sandbox/sign-in/directory.ts'
import { answerOf, press, visit } from './browsing.ts'
import { authorizeUrl, startIssuer, WEB, type TestIssuer } from './support.ts'

let world: TestIssuer
beforeEach(async () => {
  world = await startIssuer()
})
afterEach(() => world.issuer[Symbol.asyncDispose]())

describe('admin consent', () => {
  const consentUrl = (path: string, params: Record<string, string> = {}) =>
    `${world.url}/${path}?${new URLSearchParams({
      client_id: flowCrm.clientId,
      redirect_uri: WEB,
      state: 's-2',
      ...params,
    })}`
  const GRAPH_DEFAULT = { scope: 'https://graph.microsoft.com/.default' }

  it('is asked on a page that tells both kinds of permission apart, and comes back with the tenant', async () => {
    const page = await press(
      await visit(consentUrl('organizations/v2.0/adminconsent', GRAPH_DEFAULT)),
      {
        person: 'admin@contoso.test',
      },
    )
    expect(page.text).toContain('Read mail in every mailbox')
    expect(page.text).toContain('Read and change your mail')

    const back = answerOf(await press(page, { decision: 'accept' }))
    expect(back).toEqual({
      admin_consent: 'True',
      tenant: tenants.contoso.id,
      state: 's-2',
      ...GRAPH_DEFAULT,
    })
    const alice = answerOf(
      await press(await visit(authorizeUrl(world.url)), { person: 'alice@contoso.test' }),
    )
    expect(alice).toHaveProperty('code')
  })

  it('exists in the older form too, and names a refusal in either form', async () => {
    const older = consentUrl('common/adminconsent')
    expect(
      Object.fromEntries(new URL(world.issuer.authorizeAs('admin', older)).searchParams),
    ).toEqual({
      admin_consent: 'True',
      tenant: tenants.contoso.id,
      state: 's-2',
    })
    const refused = (url: string) =>
      new URL(world.issuer.authorizeAs('admin', url, 'cancel')).searchParams.get('error')
    expect(refused(older)).toBe('permission_denied')
    expect(refused(consentUrl('contoso.test/v2.0/adminconsent', GRAPH_DEFAULT))).toBe(
      'consent_required',
    )
  })

  it('is not for Alice, not for another tenant’s admin, and version 2 not for common', async () => {
    const url = consentUrl('contoso.test/v2.0/adminconsent', GRAPH_DEFAULT)
    expect((await press(await visit(url), { person: 'alice@contoso.test' })).text).toContain(
      'AADSTS90094',
    )
    expect(() => world.issuer.authorizeAs('carol', url)).toThrow('AADSTS50020')
    const common = consentUrl('common/v2.0/adminconsent', GRAPH_DEFAULT)
    expect((await visit(common)).text).toContain('AADSTS50059')
    const evil = consentUrl('contoso.test/v2.0/adminconsent', { redirect_uri: 'https://evil.test' })
    expect((await visit(evil)).text).toContain('AADSTS50011')
  })
})
