import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { MINUTE, SECOND } from '../../../../webhook/duration.ts'
import type { RequestMade } from '../../../../webhook/provider/graph/requests/network.ts'
import { aFile, aLargeFile } from '../../attachments/an-archive.ts'
import { ALICE, aMime, aTwin, untilTheEnd, type Twin } from './graphs.ts'

let twin: Twin
let made: RequestMade[]
beforeEach(async () => {
  made = []
  twin = await aTwin({}, undefined, { onRequest: (one) => made.push(one) })
})
afterEach(() => twin[Symbol.asyncDispose]())

async function aMessageWith(...files: Parameters<Twin['graph']['mailboxes']['attach']>[2][]) {
  const { immutableId } = await twin.graph.mailboxes.deliver(ALICE, { mime: aMime('With files') })
  for (const file of files) await twin.graph.mailboxes.attach(ALICE, immutableId, file)
  const listed = (await twin.alice.attachments(immutableId, untilTheEnd)) ?? []
  const content = (at = 0, signal = untilTheEnd) => {
    const { attachmentId } = listed[at]!
    return twin.alice.attachmentContent({ messageId: immutableId, attachmentId }, signal)
  }
  return { messageId: immutableId, listed, content }
}

async function read(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of source) pieces.push(piece)
  return Buffer.concat(pieces)
}

const aTurn = () => new Promise((next) => setImmediate(next))
const until = async (isSo: () => boolean) => {
  while (!isSo()) await aTurn()
}

describe('the attachments of a message', () => {
  it('are listed with what they are, and without their bytes', async () => {
    const { listed } = await aMessageWith(
      aFile({ isInline: true, contentId: 'logo@here', contentType: 'image/png', name: 'logo.png' }),
      aFile({ kind: 'item', name: 'Inner' }),
      aFile({ kind: 'reference', name: 'plan.docx' }),
    )
    expect(listed).toMatchObject([
      {
        kind: 'file',
        name: 'logo.png',
        contentType: 'image/png',
        isInline: true,
        contentId: 'logo@here',
      },
      { kind: 'item', name: 'Inner', isInline: false, contentId: null, contentType: '' },
      { kind: 'reference', name: 'plan.docx' },
    ])
    expect(twin.seen.at(-1)?.path).toContain('$select=id,name,contentType,size,isInline,')
  })

  it('of a message that is not there are null, and so is its link', async () => {
    const { messageId } = await aMessageWith()
    twin.graph.mailboxes.remove(ALICE, messageId, { purge: true })
    expect(await twin.alice.attachments(messageId, untilTheEnd)).toBeNull()
    expect(await twin.alice.webLink(messageId, untilTheEnd)).toBeNull()
  })

  it('are in Outlook under a link', async () => {
    const { messageId } = await aMessageWith()
    expect(await twin.alice.webLink(messageId, untilTheEnd)).toMatch(/^https:\/\/outlook\./)
  })
})

describe('the bytes of an attachment', () => {
  it('come as they are, by one request that counts once', async () => {
    const { content } = await aMessageWith(aFile({ bytes: Buffer.from('as they are') }))
    made = []
    expect((await read(content())).toString()).toBe('as they are')
    expect(made).toMatchObject([{ operation: 'attachment-content', outcome: 200 }])
  })

  it('hold a place of the mailbox until the last of them, but never the last place', async () => {
    const { content, messageId } = await aMessageWith(aLargeFile(1))
    const streams = Array.from({ length: 4 }, () => content() as AsyncGenerator<Uint8Array>)
    for (const stream of streams) await stream.next()
    const ask = () => twin.alice.message(messageId, untilTheEnd)
    let atOnce = 0
    let goOn = () => undefined as void
    const waited = new Promise<void>((resolve) => (goOn = resolve))
    const handle = twin.graph.dispatcher.handle.bind(twin.graph.dispatcher)
    twin.graph.dispatcher.handle = async (incoming) => {
      atOnce++
      await waited
      return handle(incoming)
    }
    const asked = [ask(), ask(), ask()]
    await until(() => atOnce === 1)
    for (let turns = 0; turns < 50; turns++) await aTurn()
    expect(atOnce).toBe(1)
    for (const stream of streams) await stream.return(undefined)
    await until(() => atOnce === 3)
    goOn()
    await Promise.all(asked)
  })

  it.each(['truncated', 'reset'] as const)(
    'that break off (%s) throw, and the place is free',
    async (damage) => {
      const { content } = await aMessageWith(aLargeFile(1))
      twin.graph.desk.damageReplies(damage, 5, { path: '$value' })
      for (let n = 0; n < 5; n++)
        await expect(read(content())).rejects.toMatchObject({ code: 'provider-unavailable' })
      expect((await read(content())).length).toBe(1_024 * 1_024)
      expect(made.map(({ outcome }) => outcome)).toContain('unreachable')
    },
  )

  it('that stand still are given up', async () => {
    const { content } = await aMessageWith(aFile())
    twin.graph.desk.damageReplies('hang', 1, { path: '$value' })
    const reading = read(content()).catch((error: unknown) => error)
    await until(() => twin.seen.at(-1)?.path.includes('$value') === true)
    await twin.clock.advance(31 * SECOND)
    expect(await reading).toMatchObject({ code: 'provider-unavailable' })
    expect(made.at(-1)).toMatchObject({ outcome: 'too-slow' })
  })

  it('are not asked for while the mailbox is throttled', async () => {
    const { content } = await aMessageWith(aFile())
    twin.graph.desk.failRequests(429, 1, { path: '$value', retryAfterSeconds: 60 })
    await expect(read(content())).rejects.toMatchObject({ code: 'throttled' })
    const asked = twin.seen.length
    await expect(read(content())).rejects.toMatchObject({ code: 'throttled' })
    expect(twin.seen.length).toBe(asked)
    await twin.clock.advance(2 * MINUTE)
    expect((await read(content())).length).toBeGreaterThan(0)
  })

  it('are asked for again with a fresh token when the old one is refused', async () => {
    const { content } = await aMessageWith(aFile())
    twin.graph.desk.failRequests(401, 1, { path: '$value' })
    expect((await read(content())).length).toBeGreaterThan(0)
  })

  it('that nobody waits for any more are not read on', async () => {
    const { content } = await aMessageWith(aLargeFile(1))
    const giveUp = new AbortController()
    const stream = content(0, giveUp.signal)[Symbol.asyncIterator]()
    await stream.next()
    giveUp.abort(new Error('enough'))
    await expect(
      (async () => {
        for (;;) if ((await stream.next()).done) break
      })(),
    ).rejects.toThrow('enough')
    expect(made.at(-1)).toMatchObject({ outcome: 'given-up' })
  })

  it('of a link are none', async () => {
    const { content } = await aMessageWith(aFile({ kind: 'reference' }))
    await expect(read(content())).rejects.toMatchObject({ code: 'unexpected-answer' })
  })
})
