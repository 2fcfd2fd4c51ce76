import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { MINUTE } from '../../../../webhook/duration.ts'
import { MAX_FOUND } from '../../../../webhook/provider/provider.ts'
import {
  ALICE,
  aMime,
  aScriptedGraph,
  aTwin,
  fill,
  pagesOf,
  subjectsOf,
  untilTheEnd,
  type Twin,
} from './graphs.ts'

let twin: Twin
beforeEach(async () => {
  twin = await aTwin()
})
afterEach(() => twin[Symbol.asyncDispose]())

/** Mail 0, Mail 1 and so on, a minute apart. */
async function fillSlowly(count: number) {
  const refs = []
  for (let n = 0; n < count; n++) {
    refs.push(await twin.graph.mailboxes.deliver(ALICE, { mime: aMime(`Mail ${n}`) }))
    await twin.clock.advance(MINUTE)
  }
  return refs
}
const start = new Date('2026-11-20T09:00:00Z')
const minute = (n: number) => new Date(start.getTime() + n * MINUTE)

describe('the newest mail of a folder', () => {
  const newest = (since: Date, atMost = 50) =>
    twin.alice.newest({ providerFolderId: twin.inbox, since, atMost }, untilTheEnd)

  it('is what came at or after a time, newest first and whole, in one request', async () => {
    await fillSlowly(5)
    expect(subjectsOf(await newest(minute(2)))).toEqual(['Mail 4', 'Mail 3', 'Mail 2'])
    expect(twin.seen).toHaveLength(1)
  })

  it('is no more than was asked for, and nothing when nothing came', async () => {
    await fillSlowly(5)
    expect(subjectsOf(await newest(start, 2))).toEqual(['Mail 4', 'Mail 3'])
    expect(await newest(minute(9))).toEqual([])
  })

  it('of a folder that is gone is a failure', async () => {
    const { id } = twin.graph.mailboxes.addFolder(ALICE, 'inbox', 'Old')
    removeFolder(id)
    const asked = twin.alice.newest({ providerFolderId: id, since: start, atMost: 9 }, untilTheEnd)
    await expect(asked).rejects.toMatchObject({ code: 'item-not-found' })
  })
})

/** As its owner would in Outlook. */
function removeFolder(id: string): void {
  const { mailboxes } = twin.graph
  mailboxes.open(ALICE).eraseFolder(mailboxes.folder(ALICE, id))
}

describe('mail that is looked for', () => {
  it('is found by its Message-ID wherever it lies, quotes and all', async () => {
    const mime = Buffer.from(
      aMime('Odd').toString().replace('<Odd@customer.example>', "<o'dd&+%#1@customer.example>"),
    )
    const { immutableId } = await twin.graph.mailboxes.deliver(ALICE, { folder: 'archive', mime })
    await fill(twin, 3)
    const internetMessageId = "<o'dd&+%#1@customer.example>"
    expect(await twin.alice.find({ internetMessageId }, untilTheEnd)).toEqual([
      { messageId: immutableId, providerFolderId: twin.folderId('archive'), receivedAt: start },
    ])
  })

  it('is found by its sender and the time it came, both ends included', async () => {
    const refs = await fillSlowly(5)
    const from = 'carol@customer.example'
    const range = { receivedFrom: minute(1), receivedTo: minute(3) }
    const found = await twin.alice.find({ from, ...range }, untilTheEnd)
    expect(found.map(({ messageId }) => messageId)).toEqual(
      [3, 2, 1].map((n) => refs[n]!.immutableId),
    )
    const stranger = { from: 'dan@customer.example', ...range }
    expect(await twin.alice.find(stranger, untilTheEnd)).toEqual([])
    expect(twin.seen).toHaveLength(2)
  })

  it('is at most so much', async () => {
    await fill(twin, MAX_FOUND + 5)
    const description = { from: 'carol@customer.example', receivedFrom: start, receivedTo: start }
    expect(await twin.alice.find(description, untilTheEnd)).toHaveLength(MAX_FOUND)
  })

  it('is nowhere when the mailbox has none', async () => {
    await fill(twin, 1)
    const internetMessageId = '<never@customer.example>'
    expect(await twin.alice.find({ internetMessageId }, untilTheEnd)).toEqual([])
  })
})

describe('one folder', () => {
  it('is as it is now, hidden or not', async () => {
    const { id } = twin.graph.mailboxes.addFolder(ALICE, 'inbox', 'Secret', { hidden: true })
    await fill(twin, 2, id)
    expect(await twin.alice.folder(id, untilTheEnd)).toEqual({
      ...{ providerFolderId: id, displayName: 'Secret', hidden: true, totalItemCount: 2 },
    })
  })

  it('is null when it was deleted, and a failure when its mailbox cannot be read', async () => {
    const { id } = twin.graph.mailboxes.addFolder(ALICE, 'inbox', 'Old')
    removeFolder(id)
    expect(await twin.alice.folder(id, untilTheEnd)).toBeNull()
    twin.graph.mailboxes.open(ALICE).info.state = 'not-enabled'
    await expect(twin.alice.folder(twin.inbox, untilTheEnd)).rejects.toMatchObject({
      ...{ code: 'mailbox-unavailable', retry: 'after-reconnect' },
    })
  })
})

describe('the pages of a folder', () => {
  it('are each of the size that is wanted then', async () => {
    await fill(twin, 40)
    const sizes = [5, 20, 2, 30]
    const pageSize = () => sizes.shift() ?? 10
    const request = { providerFolderId: twin.inbox, cursor: null, pageSize }
    const pages = await pagesOf(twin.alice.changes(request, untilTheEnd))
    expect(pages.map(({ changes }) => changes.length)).toEqual([5, 20, 2, 13])
  })

  it('say about what they weigh', async () => {
    const mime = aMime('Long', 'x'.repeat(100_000))
    await twin.graph.mailboxes.deliver(ALICE, { mime })
    const request = { providerFolderId: twin.inbox, cursor: null, pageSize: () => 10 }
    const [page] = await pagesOf(twin.alice.changes(request, untilTheEnd))
    expect(page!.bytes).toBeGreaterThan(100_000)
    expect(page!.bytes).toBeLessThan(120_000)
  })
})

describe('a tree of folders that is none', () => {
  it('(a folder below itself) is read once', async () => {
    const graph = await aScriptedGraph(() => ({
      body: { id: 'a', value: [{ id: 'a', displayName: 'A' }] },
    }))
    const tree = await graph.alice.folders(untilTheEnd)
    expect(tree.map(({ displayName, depth }) => [displayName, depth])).toEqual([['A', 0]])
    await graph[Symbol.asyncDispose]()
  })
})
