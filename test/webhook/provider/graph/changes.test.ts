import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { ChangePage } from '../../../../webhook/provider/provider.ts'
import { ALICE, aMime, aTwin, fill, pagesOf, subjectsOf, untilTheEnd, type Twin } from './graphs.ts'

let twin: Twin
beforeEach(async () => {
  twin = await aTwin()
})
afterEach(() => twin[Symbol.asyncDispose]())

const changes = (cursor: string | null = null, pageSize = 10): Promise<ChangePage[]> =>
  pagesOf(
    twin.alice.changes(
      { providerFolderId: twin.inbox, cursor, pageSize: () => pageSize },
      untilTheEnd,
    ),
  )
const lastCursor = (pages: ChangePage[]): string => pages.at(-1)!.cursor
const allOf = (pages: ChangePage[]) => pages.flatMap((page) => page.changes)

describe('the changes of a folder', () => {
  it('come page by page, newest first, with the end marked', async () => {
    await fill(twin, 25)
    const pages = await changes()
    expect(pages.map((page) => page.changes.length)).toEqual([10, 10, 5])
    expect(pages.map(({ isLast }) => isLast)).toEqual([false, false, true])
    const subjects = Array.from({ length: 25 }, (_, n) => `Mail ${24 - n}`)
    expect(subjectsOf(allOf(pages))).toEqual(subjects)
  })

  it('go on after any page from its cursor, as if nothing had happened in between', async () => {
    await fill(twin, 25)
    const pages = await changes()
    for (const [position, { cursor }] of pages.entries()) {
      const rest = await changes(cursor)
      expect(subjectsOf(allOf(rest))).toEqual(subjectsOf(allOf(pages.slice(position + 1))))
    }
  })

  it('bring the whole message, so that none needs a request of its own', async () => {
    const [ref] = await fill(twin, 1)
    const [change] = allOf(await changes())
    expect(change).toEqual({
      kind: 'present',
      messageId: ref?.immutableId,
      message: {
        messageId: ref?.immutableId,
        internetMessageId: '<Mail0@customer.example>',
        providerFolderId: twin.inbox,
        conversationId: expect.any(String),
        ...{ references: [], inReplyTo: null, isDraft: false, isRead: false, categories: [] },
        ...{ sensitivity: 'normal', bcc: [], replyTo: [] },
        isProtected: false,
        machine: {
          ...{ hasListId: false, autoSubmitted: null, precedence: null, hasNullReturnPath: false },
        },
        subject: 'Mail 0',
        preview: 'Good morning.',
        bodyHtml: expect.stringContaining('<p>Good morning.</p>'),
        from: { name: 'Carol', address: 'carol@customer.example' },
        sender: { name: 'Carol', address: 'carol@customer.example' },
        to: [
          { name: 'Alice', address: 'alice@flow.example' },
          { name: 'Dan', address: 'dan@customer.example' },
        ],
        cc: [{ name: 'Bob', address: 'bob@flow.example' }],
        sentAt: new Date('2026-11-20T08:59:30Z'),
        receivedAt: new Date('2026-11-20T09:00:00Z'),
        hasAttachments: false,
      },
    })
    expect(twin.seen).toHaveLength(1)
  })

  it('tell what rules are about: people, categories, sensitivity, machines and threads', async () => {
    const mime = Buffer.from(
      [
        'From: Shop <shop@shop.example>',
        'Sender: robot@mailer.example',
        'To: alice@flow.example',
        'Bcc: Eve <eve@flow.example>',
        'Reply-To: Carol <Carol@Customer.example>',
        'Subject: Digest',
        'Message-ID: <d@shop.example>',
        'References: <a@shop.example>',
        ' <b@shop.example>',
        'In-Reply-To: <b@shop.example>',
        'List-Id: News <news.shop.example>',
        'Auto-Submitted: auto-generated',
        'Precedence: bulk',
        'Return-Path: <>',
        'Sensitivity: Private',
        '',
        'Hello.',
      ].join('\r\n'),
    )
    await twin.graph.mailboxes.deliver(ALICE, { mime, categories: ['No-CRM'] })
    const [change] = allOf(await changes())
    const byId = await twin.alice.message(change?.messageId ?? '', untilTheEnd)
    const newest = await twin.alice.newest(
      { providerFolderId: twin.inbox, since: new Date(0), atMost: 5 },
      untilTheEnd,
    )
    const recent = await twin.alice.recent({ providerFolderId: twin.inbox, atMost: 5 }, untilTheEnd)
    for (const same of [change, byId, newest[0], recent[0]])
      expect(same).toMatchObject({
        message: {
          sender: { address: 'robot@mailer.example' },
          bcc: [{ address: 'eve@flow.example' }],
          replyTo: [{ address: 'carol@customer.example' }],
          references: ['<a@shop.example>', '<b@shop.example>'],
          inReplyTo: '<b@shop.example>',
          ...{ categories: ['No-CRM'], sensitivity: 'private' },
          machine: {
            ...{ hasListId: true, autoSubmitted: 'auto-generated', precedence: 'bulk' },
            hasNullReturnPath: true,
          },
        },
      })
    expect(recent[0]).toMatchObject({ message: { subject: 'Digest', bodyHtml: '' } })
  })

  it('after the first round are only what is new', async () => {
    await fill(twin, 3)
    const cursor = lastCursor(await changes())
    expect(allOf(await changes(cursor))).toEqual([])
    await twin.graph.mailboxes.deliver(ALICE, { mime: aMime('News') })
    const pages = await changes(cursor)
    expect(subjectsOf(allOf(pages))).toEqual(['News'])
    expect(allOf(await changes(lastCursor(pages)))).toEqual([])
  })

  it('are sparse for a read flip, and removed for a move and a deletion', async () => {
    const refs = await fill(twin, 3)
    const cursor = lastCursor(await changes())
    twin.graph.mailboxes.patch(ALICE, refs[0]!.defaultId, { isRead: true })
    twin.graph.mailboxes.move(ALICE, refs[1]!.defaultId, 'archive')
    twin.graph.mailboxes.remove(ALICE, refs[2]!.defaultId, { purge: true })
    expect(allOf(await changes(cursor))).toEqual([
      { kind: 'sparse', messageId: refs[0]!.immutableId, isRead: true },
      { kind: 'removed', messageId: refs[1]!.immutableId },
      { kind: 'removed', messageId: refs[2]!.immutableId },
    ])
  })

  it('keep a message’s id through a move', async () => {
    const [ref] = await fill(twin, 1)
    twin.graph.mailboxes.move(ALICE, ref!.defaultId, 'archive')
    const place = { providerFolderId: twin.folderId('archive'), cursor: null, pageSize: () => 10 }
    const [change] = allOf(await pagesOf(twin.alice.changes(place, untilTheEnd)))
    expect(change?.messageId).toBe(ref!.immutableId)
  })

  it('survive empty pages, repeats and replays', async () => {
    await fill(twin, 30)
    Object.assign(twin.graph.knobs.mail, {
      deltaEmptyPages: 0.5,
      deltaDuplicates: 0.5,
      deltaReplays: 1,
    })
    const subjects = new Set(subjectsOf(allOf(await changes())))
    expect(subjects.size).toBe(30)
  })
})

describe('every request to Graph', () => {
  it('asks for immutable ids, and every page of changes for its size', async () => {
    await fill(twin, 5)
    const [, page] = await changes(null, 2)
    await changes(page?.cursor, 3)
    const [ref] = await fill(twin, 1)
    await twin.alice.message(ref!.immutableId, untilTheEnd)
    await twin.alice.folders(untilTheEnd)
    await twin.alice.account(untilTheEnd)
    const prefer = twin.seen.map(({ path, headers }) => [path.includes('delta'), headers['prefer']])
    for (const [, given] of prefer) expect(given).toContain('IdType="ImmutableId"')
    const sizes = prefer
      .filter(([isDelta]) => isDelta)
      .map(([, given]) => /maxpagesize=(\d)/.exec(String(given))?.[1])
    expect(sizes).toEqual(['2', '2', '2', '3'])
  })

  it('comes with the token of its mailbox', async () => {
    await twin.alice.account(untilTheEnd)
    await twin.bob.account(untilTheEnd)
    expect(twin.seen.map(({ headers }) => headers['authorization'])).toEqual([
      `Bearer ${ALICE}`,
      expect.not.stringContaining(ALICE),
    ])
  })
})

describe('one message', () => {
  it('is as it is now, in whatever folder', async () => {
    const [ref] = await fill(twin, 1)
    twin.graph.mailboxes.move(ALICE, ref!.defaultId, 'archive')
    expect(await twin.alice.message(ref!.immutableId, untilTheEnd)).toMatchObject({
      kind: 'present',
      message: { subject: 'Mail 0', providerFolderId: twin.folderId('archive') },
    })
  })

  it('is null when it was deleted, or never was', async () => {
    const [ref] = await fill(twin, 1)
    twin.graph.mailboxes.remove(ALICE, ref!.defaultId, { purge: true })
    expect(await twin.alice.message(ref!.immutableId, untilTheEnd)).toBeNull()
  })
})

describe('the ids of a folder', () => {
  it('are those that are there now, by the thousand', async () => {
    const refs = await fill(twin, 1_203)
    twin.graph.mailboxes.move(ALICE, refs[0]!.defaultId, 'archive')
    const pages: string[][] = []
    for await (const ids of twin.alice.messageIds(twin.inbox, untilTheEnd)) pages.push(ids)
    expect(pages.map((ids) => ids.length)).toEqual([1_000, 202])
    const there = refs.slice(1).map(({ immutableId }) => immutableId)
    expect(new Set(pages.flat())).toEqual(new Set(there))
  })
})
