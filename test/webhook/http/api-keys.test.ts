import { describe, expect, it } from '@jest/globals'
import { HOUR } from '../../../webhook/duration.ts'
import { startWorld } from './support/world.ts'
import { askWith, goodClaims, paneToken, signFor } from './support/tokens.ts'

const HOUR_SECONDS = 3_600

describe('the authority’s keys', () => {
  it('may be down: those we have still prove who somebody is', async () => {
    await using world = await startWorld()
    const token = await paneToken(world)
    expect((await askWith(token, world)).status).toBe(200)
    await world.issuer[Symbol.asyncDispose]()
    expect((await askWith(token, world)).status).toBe(200)
  })

  it('that never came are a reason to try again, not to sign in again', async () => {
    await using world = await startWorld()
    const token = await signFor(world, goodClaims(world))
    await world.issuer[Symbol.asyncDispose]()
    const response = await askWith(token, world)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    expect(await response.json()).toMatchObject({ code: 'provider-unavailable' })
  })

  it('that were withdrawn lose their trust within the hour', async () => {
    await using world = await startWorld()
    const token = await signFor(world, goodClaims(world, 3 * HOUR_SECONDS))
    expect((await askWith(token, world)).status).toBe(200)
    world.issuer.keys.rotate()
    world.issuer.keys.retireOldKeys()
    await world.clock.advance(HOUR)
    // The first one after the hour has the keys asked for again, and does not wait for them.
    const answers: number[] = []
    while (answers.length < 100 && answers.at(-1) !== 401)
      answers.push((await askWith(token, world)).status)
    expect(answers.at(-1)).toBe(401)
    const newToken = await signFor(world, goodClaims(world))
    expect((await askWith(newToken, world)).status).toBe(200)
  })

  it('are asked for once at most, however many tokens name one nobody has', async () => {
    await using world = await startWorld()
    const token = await paneToken(world)
    await world.apiTokens.verify(token)
    const [, payload = '', signature = ''] = token.split('.')
    let asked = 0
    const { fetch: real } = globalThis
    globalThis.fetch = (...args) => (asked++, real(...args))
    try {
      for (let n = 0; n < 2_000; n++) {
        const header = { alg: 'RS256', typ: 'JWT', kid: `nobody-has-${n}` }
        const forged = Buffer.from(JSON.stringify(header)).toString('base64url')
        const refused = world.apiTokens.verify(`${forged}.${payload}.${signature}`)
        await expect(refused).rejects.toMatchObject({ code: 'not-signed-in' })
      }
    } finally {
      globalThis.fetch = real
    }
    expect(asked).toBeLessThanOrEqual(1)
    expect(await world.apiTokens.verify(token)).toMatchObject({ displayName: 'Alice Archer' })
  })

  it('are not asked for by each token that names one nobody has', async () => {
    await using world = await startWorld()
    expect((await askWith(await paneToken(world), world)).status).toBe(200)
    await world.issuer[Symbol.asyncDispose]()
    // The authority is gone: had anybody asked it, the answer were 503.
    for (const kid of ['one', 'two', 'three']) {
      const token = await signFor(world, goodClaims(world), { kid })
      expect((await askWith(token, world)).status).toBe(401)
    }
  })
})
