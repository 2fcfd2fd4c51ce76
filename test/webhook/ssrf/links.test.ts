import { describe, expect, it } from '@jest/globals'
import { VirtualClock } from '../../../sandbox/clock.ts'
import type { MailProvider } from '../../../webhook/provider/provider.ts'
import { pagesOf, providersFor, untilTheEnd } from '../provider/graph/graphs.ts'
import { foreignLinks, GRAPH, harmlessLinks } from './foreign-links.ts'
import { walked } from './walked.ts'

/** What our service asks a network that notes it and connects to nobody. Each first answer leads to `link`. */
function leadingTo(link: string) {
  const asked: { url: string; redirect: RequestRedirect | undefined }[] = []
  const fetch = async (url: unknown, init?: RequestInit) => {
    asked.push({ url: String(url), redirect: init?.redirect })
    const isFirst = asked.length === 1
    return Response.json({
      ...{ id: 'x', value: [] },
      ...(isFirst && { '@odata.nextLink': link }),
      '@odata.deltaLink': `${GRAPH}/end`,
    })
  }
  const over = { fetch: fetch as typeof globalThis.fetch, requestsPer10Minutes: 1_000_000 }
  return { asked, ...providersFor(GRAPH, new VirtualClock(), over) }
}

const folder = { providerFolderId: 'inbox', cursor: null, pageSize: () => 10 }

/** Every list that is read along links of Graph. */
const lists: Record<string, (alice: MailProvider) => Promise<unknown>> = {
  changes: (alice) => pagesOf(alice.changes(folder, untilTheEnd)),
  ids: (alice) => walked(alice.messageIds('inbox', untilTheEnd)),
  attachments: (alice) => alice.attachments('m', untilTheEnd),
  subscriptions: (alice) => alice.subscriptions(untilTheEnd),
}

const isGraph = (url: string) =>
  url.startsWith(`${GRAPH}/`) && new URL(url).origin === new URL(GRAPH).origin

describe('a foreign link in an answer of Graph (I7)', () => {
  it('is tried in more than 150 spellings', () => {
    expect(new Set(foreignLinks).size).toBe(foreignLinks.length)
    expect(foreignLinks.length).toBeGreaterThan(150)
  })

  it.each(Object.keys(lists))('is never followed in a list of %s', async (name) => {
    const followed: unknown[] = []
    for (const link of foreignLinks) {
      const { alice, asked } = leadingTo(link)
      const outcome = await lists[name]!(alice).then(
        () => 'followed',
        (error: { code?: string }) => error.code,
      )
      if (outcome !== 'unexpected-answer' || asked.length !== 1)
        followed.push({ link, outcome, asked: asked.slice(1) })
    }
    expect(followed).toEqual([])
  })

  it('is never asked when it is what a delta round ended with', async () => {
    const followed: unknown[] = []
    for (const link of foreignLinks) {
      const { alice, asked } = leadingTo(link)
      const stored = { ...folder, cursor: link }
      const walk = pagesOf(alice.changes(stored, untilTheEnd))
      const outcome = await walk.catch((error: { code?: string }) => error.code)
      if (outcome !== 'unexpected-answer' || asked.length > 0)
        followed.push({ link, outcome, asked })
    }
    expect(followed).toEqual([])
  })

  it.each(harmlessLinks)('spelt oddly, %j, leads to Graph and nobody else', async (link) => {
    const { alice, asked } = leadingTo(link)
    await lists['changes']!(alice).catch(() => null)
    expect(asked.map(({ url }) => url).filter((url) => !isGraph(url))).toEqual([])
    expect(asked.every(({ redirect }) => redirect === 'manual')).toBe(true)
  })
})

describe('an id that somebody typed', () => {
  const ids = [
    '..',
    '.',
    '../../bob/messages/m',
    '..%2f..',
    '%2e%2e',
    'https://evil.example',
    '@evil',
  ]
  it.each([...ids, '//evil.example', '\\..\\', '?x', '#', '\r\nHost: evil', 'm/../..', '\u0000'])(
    'asks for a message of that mailbox, or nobody: %j',
    async (id) => {
      const { alice, asked } = leadingTo(`${GRAPH}/end`)
      await alice.message(id, untilTheEnd).catch(() => null)
      await alice.attachments(id, untilTheEnd).catch(() => null)
      await alice.webLink(id, untilTheEnd).catch(() => null)
      for (const { url } of asked.filter(({ url }) => url !== `${GRAPH}/end`)) {
        const [, start, rest = ''] =
          /^(.*?\/users\/[^/]+\/messages\/)([^?]+)/.exec(new URL(url).href) ?? []
        expect(start).toMatch(/^https:\/\/graph\.microsoft\.com\/v1\.0\/users\/[\w-]+\/messages\/$/)
        expect(rest.split('/')[0]).toBe(encodeURIComponent(id))
      }
    },
  )

  it('and is a way through folders, names no message', async () => {
    const { alice, asked } = leadingTo(`${GRAPH}/end`)
    expect(await alice.message('..', untilTheEnd)).toBeNull()
    expect(asked).toEqual([])
  })
})
