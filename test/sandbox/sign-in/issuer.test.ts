import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { VirtualClock } from '../../../sandbox/clock.ts'
import { Random } from '../../../sandbox/random.ts'
import {
  allPeople,
  flowCrm,
  personByName,
  tenantByName,
  tenants,
} from '../../../sandbox/sign-in/directory.ts'
import { Issuer } from '../../../sandbox/sign-in/issuer.ts'
import { authorizeUrl, codeFor, startIssuer, WEB } from './support.ts'

const newIssuer = (publicUrl?: string) =>
  Issuer.create({
    clock: new VirtualClock(),
    random: new Random(1),
    redirectUris: { web: [WEB], spa: [] },
    ...(publicUrl && { publicUrl }),
  })

describe('the issuer', () => {
  it('listens on loopback, has no address before, and is gone after', async () => {
    const issuer = newIssuer()
    expect(() => issuer.url).toThrow('before it listens')
    const url = await issuer.listen()
    expect(url).toMatch(/^http:\/\/localhost:\d+$/)
    expect((await fetch(`${url}/style.css`)).status).toBe(200)
    await issuer[Symbol.asyncDispose]()
    await expect(fetch(`${url}/style.css`)).rejects.toThrow()
  })

  it('says so when its port is taken', async () => {
    await using first = await startIssuer()
    const second = newIssuer()
    await expect(second.listen(Number(new URL(first.url).port))).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
    await second[Symbol.asyncDispose]()
  })

  it('names itself by its public address where it has one', async () => {
    await using issuer = newIssuer('http://localhost:9999/')
    expect(issuer.url).toBe('http://localhost:9999')
  })

  it('takes redirect URIs later, and only real ones', async () => {
    await using world = await startIssuer({ redirectUris: { web: [], spa: [] } })
    expect(() => world.issuer.authorizeAs('alice', authorizeUrl(world.url))).toThrow('AADSTS50011')
    world.issuer.registration.addRedirectUris({ web: [WEB] })
    expect(codeFor(world)).toMatch(/^1\./)
    expect(() => world.issuer.registration.addRedirectUris({ spa: ['not a uri'] })).toThrow(
      'not a redirect URI',
    )
  })

  it('repeats itself with the same seed', async () => {
    const codes = []
    for (const seed of [1, 1, 2]) {
      await using world = await startIssuer({ random: new Random(seed) })
      codes.push(codeFor(world))
    }
    expect(codes[0]).toBe(codes[1])
    expect(codes[2]).not.toBe(codes[0])
  })

  it('does not turn a form post into a URL', async () => {
    await using world = await startIssuer()
    const url = authorizeUrl(world.url, { response_mode: 'form_post' })
    expect(() => world.issuer.authorizeAs('alice', url)).toThrow('form_post')
  })
})

describe('the directory', () => {
  it('has ids that are real GUIDs, each its own', () => {
    const ids = [
      ...allPeople.map(({ oid }) => oid),
      ...Object.values(tenants).map(({ id }) => id),
      flowCrm.clientId,
    ]
    expect(z.array(z.uuid()).safeParse(ids).success).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('finds people and tenants by the names they are called', () => {
    expect(personByName('alice')?.name).toBe('Alice Archer')
    expect(personByName('ALICE@contoso.test')?.name).toBe('Alice Archer')
    expect(personByName('mallory')).toBeUndefined()
    expect(tenantByName('fabrikam.test')).toBe(tenants.fabrikam)
    expect(tenantByName('common')).toBeUndefined()
  })
})
