import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { EmailDetail } from '../../../models/wire/email-detail.ts'
import { ReadingInMemory } from './support/reading-desk.ts'
import { startWorld, type World } from './support/world.ts'

let world: World
let alice: Awaited<ReturnType<World['signedIn']>>
beforeAll(async () => {
  world = await startWorld()
  alice = await world.signedIn('alice')
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(() => {
  world.reading.asked.length = 0
  world.reading.shown = new ReadingInMemory().shown
})

const BODY = '/api/v1/emails/email-1/body'
const policyOf = (response: Response) =>
  new Map(
    (response.headers.get('content-security-policy') ?? '').split(/; ?/).map((directive) => {
      const [name = '', ...values] = directive.split(' ')
      return [name, values]
    }),
  )

describe('one e-mail over HTTP', () => {
  it('is told to who is signed in', async () => {
    const response = await alice.get('/api/v1/emails/email-1')
    expect(response.status).toBe(200)
    expect(EmailDetail.parse(await response.json()).subject).toBe('Offer')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it.each(['/api/v1/emails/email-1', BODY])('is not told to strangers: %s', async (path) => {
    expect((await world.browser().get(path)).status).toBe(401)
  })

  it.each(['/api/v1/emails/other', '/api/v1/emails/other/body'])(
    'is not found when it is nobody’s, or another’s: %s',
    async (path) => {
      const response = await alice.get(path)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ code: 'not-found' })
    },
  )

  it.each([['x'.repeat(65)], ['%00%ff']])('has no id like %s', async (id) => {
    expect((await alice.get(`/api/v1/emails/${id}/body`)).status).toBe(400)
  })
})

describe('the body of an e-mail', () => {
  it('is a page for a frame of our own, in which nothing runs or is sent', async () => {
    const response = await alice.get(BODY)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'SAMEORIGIN',
      'cache-control': 'no-store',
    })
    const policy = policyOf(response)
    expect(policy.get('default-src')).toEqual(["'none'"])
    expect(policy.get('form-action')).toEqual(["'none'"])
    expect(policy.get('base-uri')).toEqual(["'none'"])
    expect(policy.get('frame-ancestors')).toEqual(["'self'"])
    expect(policy.get('sandbox')).not.toContain('allow-scripts')
    expect(policy.get('sandbox')).not.toContain('allow-forms')
    expect([...policy.keys()].filter((name) => name.startsWith('script'))).toEqual([])
  })

  it('has one style of ours, and the policy knows it by its hash', async () => {
    const response = await alice.get(BODY)
    const html = await response.text()
    const style = /<style>([^]*)<\/style>/.exec(html)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(policyOf(response).get('style-src-elem')).toEqual([`'sha256-${hash}'`])
    expect(html).toContain('<body><p>Hello</p></body>')
    expect(html).toContain('data-blocked-remote="2"')
  })

  it('loads pictures from elsewhere only when they are asked for', async () => {
    const before = policyOf(await alice.get(BODY))
    const after = policyOf(await alice.get(`${BODY}?remote=show`))
    expect(before.get('img-src')).toEqual(["'self'", 'data:'])
    expect(after.get('img-src')).toEqual(["'self'", 'data:', 'https:'])
    expect(world.reading.asked.map(({ remote }) => remote)).toEqual(['block', 'show'])
    expect((await alice.get(`${BODY}?remote=always`)).status).toBe(400)
  })

  it('says so when it cannot be shown, with its text as text', async () => {
    const text = '<script>alert(1)</script>\nTwo'
    world.reading.shown = { state: 'withheld', why: 'took-too-long', text }
    const html = await (await alice.get(BODY)).text()
    expect(html).toContain('cannot be shown safely. Open it in Outlook.')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;<br />Two')
  })
})

describe('the console', () => {
  it('may frame what is ours, and nobody may frame it', async () => {
    const policy = policyOf(await world.browser().get('/'))
    expect(policy.get('frame-src')).toEqual(["'self'"])
    expect(policy.get('frame-ancestors')).toEqual(["'none'"])
  })
})
