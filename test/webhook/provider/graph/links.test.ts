import { afterEach, describe, expect, it } from '@jest/globals'
import { VirtualClock } from '../../../../sandbox/clock.ts'
import {
  aScriptedGraph,
  pagesOf,
  providersFor,
  untilTheEnd,
  type Answer,
  type ScriptedGraph,
} from './graphs.ts'
import { sized } from '../../../support/sized.ts'

let graph: ScriptedGraph | undefined
afterEach(() => graph?.[Symbol.asyncDispose]())

const FIRST = { providerFolderId: 'inbox', cursor: null, pageSize: () => 10 }

/** A Graph whose first page leads to `link`; whatever comes of that is the last page. */
async function leadingTo(link: (url: string) => string, name = '@odata.nextLink') {
  graph = await aScriptedGraph((asked, url): Answer => {
    if (asked.url.includes('$select')) return { body: { value: [], [name]: link(url) } }
    return { body: { value: [], '@odata.deltaLink': `${url}/v1.0/end` } }
  })
  return graph
}
const walk = ({ alice }: ScriptedGraph) => pagesOf(alice.changes(FIRST, untilTheEnd))

/** Where links must not lead; `other` is a server of somebody else. */
const foreign: [string, (url: string, other: string) => string][] = [
  ['another host', () => 'http://evil.example/v1.0/next'],
  ['another port', (_url, other) => `${other}/v1.0/next`],
  ['another scheme', (url) => `${url.replace('http:', 'https:')}/v1.0/next`],
  [
    'the same machine by another name',
    (url) => `${url.replace('127.0.0.1', 'localhost')}/v1.0/next`,
  ],
  ['a host that begins like Graph', (url) => `${url}.evil.example/v1.0/next`],
  ['a user at another host', (url, other) => `${url}@${other.slice(7)}/v1.0/next`],
  ['a user at Graph', (url) => `${url.replace('//', '//user@')}/v1.0/next`],
  ['a password at Graph', (url) => `${url.replace('//', '//:secret@')}/v1.0/next`],
  ['another version', (url) => `${url}/beta/next`],
  ['a version that begins the same', (url) => `${url}/v1.0.1/next`],
  ['out of the version by dots', (url) => `${url}/v1.0/../beta/next`],
  ['out of the version by dots in disguise', (url) => `${url}/v1.0/%2e%2e/beta/next`],
  ['out of the version by dots alone', () => '/../beta/next'],
  ['another host behind a backslash', (_url, other) => `http:\\\\${other.slice(7)}\\v1.0\\next`],
  ['another host without a scheme', () => '//evil.example/v1.0/next/../../../x'],
  [
    'another host inside the path',
    (url, other) => `${url}/v1.0/https://${other.slice(7)}/v1.0/next`,
  ],
  ['another host inside a bare path', (_url, other) => `/https://${other.slice(7)}/v1.0/next`],
  [
    'another host inside the query',
    (url, other) => `${url}/v1.0/next?x=https://${other.slice(7)}/`,
  ],
  ['a metadata service', () => 'http://169.254.169.254/v1.0/next'],
  ['a file', () => 'file:///v1.0/next'],
  ['data', () => 'data:application/json,{}'],
  ['nowhere', () => 'not a link'],
]

describe('a link of Graph that leads elsewhere is not followed', () => {
  it.each(foreign)('to %s', async (_where, link) => {
    const other = await aScriptedGraph(() => ({ body: { value: [] } }))
    const one = await leadingTo((url) => link(url, other.url))
    await expect(walk(one)).rejects.toMatchObject({ code: 'unexpected-answer' })
    expect(one.asked).toHaveLength(1)
    expect(other.asked).toEqual([])
    await other[Symbol.asyncDispose]()
  })

  it.each(foreign)('as a cursor that was stored, to %s', async (_where, link) => {
    const other = await aScriptedGraph(() => ({ body: { value: [] } }))
    const one = await leadingTo((url) => url)
    const stored = { ...FIRST, cursor: link(one.url, other.url) }
    await expect(pagesOf(one.alice.changes(stored, untilTheEnd))).rejects.toMatchObject({
      code: 'unexpected-answer',
    })
    expect([...one.asked, ...other.asked]).toEqual([])
    await other[Symbol.asyncDispose]()
  })
})

describe('a link of Graph that leads on', () => {
  it.each([
    '/v1.0/users/a/messages/delta?$skiptoken=abc',
    "/v1.0/users('a')/mailFolders('b')/messages/delta?$deltatoken=x-Y_z~1.2",
    '/v1.0/next?$skiptoken=a%2Bb%2F%3D%3D&z=1',
    '/v1.0/next?$deltatoken=https%3A%2F%2Fevil.example%2F',
  ])('is followed as it is: %s', async (path) => {
    const one = await leadingTo((url) => `${url}${path}`)
    expect(await walk(one)).toHaveLength(2)
    expect(one.asked.at(-1)?.url).toBe(path)
  })

  it('is followed through empty pages to the end', async () => {
    let page = 0
    graph = await aScriptedGraph((_asked, url) => ({
      body: {
        value: [],
        ...(++page < 300
          ? { '@odata.nextLink': `${url}/v1.0/page?n=${page}` }
          : { '@odata.deltaLink': `${url}/v1.0/end` }),
      },
    }))
    const pages = await walk(graph)
    expect(pages).toHaveLength(300)
    const cursor = `${graph.url}/v1.0/end`
    expect(pages.at(-1)).toEqual({ changes: [], cursor, isLast: true, bytes: 0 })
  })
})

const PAGES = sized(2_000, 10_000)

describe('very many pages', () => {
  /** A network that answers at once with the `n`th of pages. */
  const pagesOfAFake = (pageOf: (n: number) => object) => {
    let n = 0
    const fetch = async () => Response.json(pageOf(n++))
    const over = { fetch, requestsPer10Minutes: 1_000_000 }
    const { alice } = providersFor('http://graph.example/v1.0', new VirtualClock(), over)
    return { alice, asked: () => n }
  }
  const next = (n: number) => ({ '@odata.nextLink': `http://graph.example/v1.0/page?n=${n}` })

  it('are read to the end', async () => {
    const end = { '@odata.deltaLink': 'http://graph.example/v1.0/end' }
    const { alice } = pagesOfAFake((n) => ({
      ...{ value: [{ id: `${n}` }], ...(n < PAGES - 1 ? next(n) : end) },
    }))
    expect(await pagesOf(alice.changes(FIRST, untilTheEnd))).toHaveLength(PAGES)
  })

  it('of nothing, each leading on to another, are left at some time', async () => {
    const { alice, asked } = pagesOfAFake((n) => ({ value: [], ...next(n) }))
    await expect(pagesOf(alice.changes(FIRST, untilTheEnd))).rejects.toMatchObject({
      ...{ code: 'unexpected-answer', retry: 'later' },
    })
    expect(asked()).toBe(5_001)
  })
})

describe('pages that lead in a circle', () => {
  it.each([1, 3])('of %i are left, for changes, ids and folders alike', async (length) => {
    let asked = 0
    graph = await aScriptedGraph((_asked, url) => ({
      body: {
        id: 'inbox',
        value: [],
        '@odata.nextLink': `${url}/v1.0/page?n=${asked++ % length}`,
      },
    }))
    const refused = { code: 'unexpected-answer' }
    await expect(walk(graph)).rejects.toMatchObject(refused)
    const ids = async () => {
      for await (const page of graph!.alice.messageIds('inbox', untilTheEnd))
        expect(page).toEqual([])
    }
    await expect(ids()).rejects.toMatchObject(refused)
    await expect(graph.alice.folders(untilTheEnd)).rejects.toMatchObject(refused)
    expect(asked).toBeLessThan(20)
  })

  it('or nowhere are refused', async () => {
    graph = await aScriptedGraph(() => ({ body: { value: [] } }))
    await expect(walk(graph)).rejects.toMatchObject({ code: 'unexpected-answer' })
  })
})
