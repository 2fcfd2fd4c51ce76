import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { JWTPayload } from 'jose'
import { people, tenants } from '../../../sandbox/sign-in/directory.ts'
import { startWorld, type World } from './support/world.ts'
import * as tokens from './support/tokens.ts'

const CONTOSO = tenants.contoso.id

let world: World
beforeAll(async () => {
  world = await startWorld()
  world.issuer.grantAdminConsent()
})
afterAll(() => world[Symbol.asyncDispose]())

const ask = (token: string) => tokens.askWith(token, world)
const goodClaims = () => tokens.goodClaims(world)
const sign = (claims: JWTPayload) => tokens.signFor(world, claims)

describe('the add-in’s token', () => {
  it('from the issuer for our API lets Alice in as who she is', async () => {
    const { accessToken } = await tokens.issuedTo(world, [world.config.entra.apiScope])
    const response = await ask(accessToken)
    expect(response.status).toBe(200)
    expect(world.emails.asked.at(-1)!.person).toEqual({
      workspaceId: CONTOSO,
      userId: people.alice.oid,
      displayName: 'Alice Archer',
      roles: ['member'],
    })
  })

  it('counts by its ids alone, whatever address it claims', async () => {
    const claims = {
      ...goodClaims(),
      preferred_username: 'admin@contoso.test',
      email: 'bob@contoso.test',
    }
    expect((await ask(await sign(claims))).status).toBe(200)
    expect(world.emails.asked.at(-1)!.person.userId).toBe(people.alice.oid)
  })

  it.each([
    ['a minute past its end', { exp: -60 }, 200],
    ['four minutes past its end', { exp: -240 }, 200],
    ['six minutes past its end', { exp: -360 }, 401],
    ['four minutes before its beginning', { nbf: 240 }, 200],
    ['six minutes before its beginning', { nbf: 360 }, 401],
  ])('%s is judged with five minutes of leeway', async (_, shift: JWTPayload, status) => {
    const { iat } = goodClaims()
    const times = Object.fromEntries(
      Object.entries(shift).map(([claim, seconds]) => [claim, iat! + Number(seconds)]),
    )
    expect((await ask(await sign({ ...goodClaims(), ...times }))).status).toBe(status)
  })

  it('is not the ID token, nor the one for Graph', async () => {
    const { idToken, accessToken } = await tokens.issuedTo(world, [
      'https://graph.microsoft.com/Mail.Read',
    ])
    expect((await ask(idToken)).status).toBe(401)
    expect((await ask(accessToken)).status).toBe(401)
  })

  it.each([
    ['no header', {}],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['no token', { authorization: 'Bearer ' }],
    ['two tokens', { authorization: 'Bearer a.b.c d.e.f' }],
  ])('is missing with %s', async (_, headers) => {
    const url = `${world.serviceUrl}/api/v1/emails/status`
    expect((await fetch(url, { method: 'POST', headers })).status).toBe(401)
  })

  it('is not replaced by the console’s cookie', async () => {
    const browser = await world.signedIn('alice')
    const headers = { 'x-csrf-token': browser.csrfToken }
    expect((await browser.send('POST', '/api/v1/emails/status', { headers })).status).toBe(401)
  })

  it('does not open the console’s API', async () => {
    const headers = { authorization: `Bearer ${await sign(goodClaims())}` }
    const response = await fetch(`${world.serviceUrl}/api/v1/mailboxes`, { headers })
    expect(response.status).toBe(401)
  })
})
