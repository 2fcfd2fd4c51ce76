import { afterEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { toChange } from '../../../../webhook/provider/graph/questions/message-mapping.ts'
import { aScriptedGraph, untilTheEnd, type ScriptedGraph } from './graphs.ts'

/** As Graph shows a message. */
const record = (over: Record<string, unknown> = {}) => ({
  '@odata.etag': 'W/"1"',
  id: 'AAkA',
  parentFolderId: 'inbox-id',
  receivedDateTime: '2026-11-20T09:00:00Z',
  sentDateTime: '2026-11-20T08:59:30Z',
  internetMessageId: '<one@customer.example>',
  isDraft: false,
  subject: 'Offer',
  bodyPreview: 'Good morning.',
  body: { contentType: 'html', content: '<p>Good morning.</p>' },
  from: { emailAddress: { name: 'Carol', address: 'Carol@Customer.example' } },
  toRecipients: [{ emailAddress: { name: 'Alice', address: 'alice@flow.example' } }],
  ccRecipients: [],
  hasAttachments: false,
  ...over,
})
const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(record()).filter(([name]) => !names.includes(name)))

describe('a record of a page', () => {
  it('is the message when it is whole', () => {
    expect(toChange(record())).toMatchObject({
      kind: 'present',
      messageId: 'AAkA',
      message: { subject: 'Offer', from: { name: 'Carol', address: 'carol@customer.example' } },
    })
  })

  it('is the message also when all that may be missing is missing', () => {
    const bare = {
      id: 'a',
      parentFolderId: 'f',
      receivedDateTime: '2026-11-20T09:00:00Z',
      subject: null,
    }
    const change = toChange(bare)
    expect(change).toEqual({
      kind: 'present',
      messageId: 'a',
      message: {
        messageId: 'a',
        internetMessageId: null,
        providerFolderId: 'f',
        isDraft: false,
        subject: '',
        preview: '',
        bodyHtml: '',
        from: null,
        to: [],
        cc: [],
        sentAt: null,
        receivedAt: new Date('2026-11-20T09:00:00Z'),
        hasAttachments: false,
        ...{ sender: null, bcc: [], replyTo: [], categories: [], sensitivity: 'normal' },
        isProtected: false,
        ...{ conversationId: null, references: [], inReplyTo: null, isRead: false },
        machine: {
          ...{ hasListId: false, autoSubmitted: null, precedence: null },
          hasNullReturnPath: false,
        },
      },
    })
  })

  it.each(['constructor', '__proto__', 'toString', 'Personal?', ''])(
    'of the sensitivity %j is as sensitive as any other',
    (value) => {
      const internetMessageHeaders = [{ name: 'Sensitivity', value }]
      expect(toChange(record({ internetMessageHeaders }))).toMatchObject({
        message: { sensitivity: 'normal' },
      })
    },
  )

  it.each<[string, unknown, string]>([
    ['sparse after a read flip', { id: 'AAkA', isRead: true, parentFolderId: 'x' }, 'sparse'],
    ['sparse with its id alone', { id: 'AAkA' }, 'sparse'],
    ['sparse without its time', without('receivedDateTime'), 'sparse'],
    ['sparse without its subject', without('subject'), 'sparse'],
    ['removed', { id: 'AAkA', '@removed': { reason: 'deleted' } }, 'removed'],
    ['removed, also when it comes whole', record({ '@removed': { reason: 'changed' } }), 'removed'],
    ['unreadable without its folder', without('parentFolderId'), 'unreadable'],
    [
      'unreadable with a time that is none',
      record({ receivedDateTime: 'yesterday' }),
      'unreadable',
    ],
    ['unreadable with a sent time that is none', record({ sentDateTime: 'never' }), 'unreadable'],
    ['unreadable with a subject that is a number', record({ subject: 7 }), 'unreadable'],
    ['unreadable with recipients that are no list', record({ toRecipients: {} }), 'unreadable'],
    ['unreadable with a body that is text', record({ body: 'Good morning.' }), 'unreadable'],
  ])('is %s', (_what, given, kind) => {
    expect(toChange(given)).toMatchObject({ kind, messageId: 'AAkA' })
  })

  it.each([[null], [7], ['text'], [[]], [{}], [{ id: '' }], [{ id: 7 }], [undefined]])(
    'that names nobody (%j) is unreadable under no name',
    (given) => {
      expect(toChange(given)).toEqual({ kind: 'unreadable', messageId: '' })
    },
  )

  it('is never a failure, whatever it holds', () => {
    const kinds = ['present', 'sparse', 'removed', 'unreadable']
    const spoilt = fc.tuple(fc.constantFrom(...Object.keys(record())), fc.jsonValue())
    fc.assert(
      fc.property(fc.array(spoilt, { maxLength: 3 }), (changes) => {
        const change = toChange({ ...record(), ...Object.fromEntries(changes) })
        expect(kinds).toContain(change.kind)
        if (change.kind !== 'present') return
        expect(change.message.receivedAt.getTime()).not.toBeNaN()
        expect(change.message.sentAt?.getTime() ?? 0).not.toBeNaN()
      }),
    )
  })
})

describe('a message asked for by its id', () => {
  let graph: ScriptedGraph | undefined
  afterEach(() => graph?.[Symbol.asyncDispose]())

  it.each<[string, unknown, unknown]>([
    ['whole is present', record(), { kind: 'present' }],
    [
      'with a time that is none is unreadable',
      record({ receivedDateTime: '?' }),
      { kind: 'unreadable', messageId: 'AAkA' },
    ],
    [
      'that is still not whole is unreadable',
      { id: 'AAkA' },
      { kind: 'unreadable', messageId: 'AAkA' },
    ],
  ])('%s', async (_what, body, expected) => {
    graph = await aScriptedGraph(() => ({ body }))
    expect(await graph.alice.message('AAkA', untilTheEnd)).toMatchObject(expected as object)
  })

  it('is asked for under its exact name, whatever is in it', async () => {
    graph = await aScriptedGraph(() => ({ body: record() }))
    await graph.alice.message('AA/k+A==?x#y', untilTheEnd)
    expect(graph.asked[0]?.url).toContain('/messages/AA%2Fk%2BA%3D%3D%3Fx%23y?$select=id,')
  })

  it('that is no message at all is a failure to try again', async () => {
    graph = await aScriptedGraph(() => ({ body: 'half of a mess' }))
    await expect(graph.alice.message('AAkA', untilTheEnd)).rejects.toMatchObject({
      code: 'unexpected-answer',
      retry: 'later',
    })
  })
})
