import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { DAY, MINUTE } from '../../../../webhook/duration.ts'
import { watchedFolder } from '../../../../webhook/provider/graph/questions/subscription-resource.ts'
import { aCertificate } from '../../../sandbox/graph/subscriptions/a-certificate.ts'
import { ALICE, aScriptedGraph, aTwin, BOB, untilTheEnd, type Twin } from './graphs.ts'

let twin: Twin
const handshakes: string[] = []
beforeEach(async () => {
  handshakes.length = 0
  twin = await aTwin({
    post: async (url) => {
      handshakes.push(url)
      const body = new URL(url).searchParams.get('validationToken') ?? ''
      return { status: 200, contentType: 'text/plain', body }
    },
  })
})
afterEach(() => twin[Symbol.asyncDispose]())

const request = (lifeMs: number, providerFolderId = twin.inbox) => ({
  providerFolderId,
  notificationUrl: 'https://crm.example/notifications',
  lifecycleUrl: 'https://crm.example/lifecycle',
  clientState: 'secret',
  lifeMs,
})

describe('a subscription', () => {
  const inMs = (ms: number) => new Date(twin.clock.now().getTime() + ms)

  it('watches one folder with immutable ids, and both addresses are validated', async () => {
    const granted = await twin.alice.subscribe(request(6 * DAY), untilTheEnd)
    expect(granted.expiresAt).toEqual(inMs(6 * DAY))
    expect(twin.graph.subscriptions.get(granted.subscriptionId)).toMatchObject({
      changeType: 'created,updated,deleted',
      resource: `/users/${ALICE}/mailFolders('${twin.inbox}')/messages`,
      clientState: 'secret',
      idType: 'immutable',
    })
    expect(handshakes.map((url) => new URL(url).pathname)).toEqual(['/notifications', '/lifecycle'])
  })

  it('lives 4,230 minutes where the tenant grants no more, created and renewed', async () => {
    twin.graph.knobs.subscriptions.maxMinutes = 4_230
    const granted = await twin.alice.subscribe(request(6 * DAY), untilTheEnd)
    expect(granted.expiresAt).toEqual(inMs(4_230 * MINUTE))
    await twin.clock.advance(DAY)
    const renewed = await twin.alice.renew(granted.subscriptionId, 6 * DAY, untilTheEnd)
    expect(renewed.expiresAt).toEqual(inMs(4_230 * MINUTE))
    expect(twin.graph.requests.count({ path: '/subscriptions' })).toBe(4)
  })

  it('lives as long as it was granted, not as long as was asked for', async () => {
    Object.assign(twin.graph.knobs.subscriptions, { maxMinutes: 1_000, tooLong: 'shorten' })
    const granted = await twin.alice.subscribe(request(6 * DAY), untilTheEnd)
    expect(granted.expiresAt).toEqual(inMs(1_000 * MINUTE))
  })

  it('is not asked for a second time when a short life is refused', async () => {
    twin.graph.desk.failRequests(400, 5, { path: '/subscriptions' })
    await expect(twin.alice.subscribe(request(MINUTE), untilTheEnd)).rejects.toMatchObject({
      code: 'unexpected-answer',
    })
    expect(twin.graph.requests.count({ path: '/subscriptions' })).toBe(1)
  })

  it('that Graph no longer has cannot be renewed', async () => {
    const { subscriptionId } = await twin.alice.subscribe(request(DAY), untilTheEnd)
    await twin.alice.unsubscribe(subscriptionId, untilTheEnd)
    expect(twin.graph.subscriptions.all()).toEqual([])
    const again = twin.alice.renew(subscriptionId, DAY, untilTheEnd)
    await expect(again).rejects.toMatchObject({ code: 'item-not-found', retry: 'never' })
  })

  it('is a conflict when there is one for the folder, and its like is on the list', async () => {
    const { subscriptionId } = await twin.alice.subscribe(request(DAY), untilTheEnd)
    await expect(twin.alice.subscribe(request(2 * DAY), untilTheEnd)).rejects.toMatchObject({
      ...{ code: 'conflict', retry: 'later', details: { status: 409 } },
    })
    expect(await twin.alice.subscriptions(untilTheEnd)).toEqual([
      {
        subscriptionId,
        expiresAt: inMs(DAY),
        notificationUrl: 'https://crm.example/notifications',
        providerFolderId: twin.inbox,
      },
    ])
  })

  it('is asked for once when our address could not be validated, however long its life', async () => {
    const graph = await aScriptedGraph(() => ({
      ...{ status: 400, body: { error: { code: 'ValidationError' } } },
    }))
    const asking = graph.alice.subscribe(request(6 * DAY), untilTheEnd)
    await expect(asking).rejects.toMatchObject({ code: 'unexpected-answer' })
    expect(graph.asked).toHaveLength(1)
    await graph[Symbol.asyncDispose]()
  })

  it('brings headers along where there is a certificate, and lives a day at most', async () => {
    const encryption = { certificate: aCertificate.base64, certificateId: 'key-1' }
    const rich = { ...request(6 * DAY), encryption }
    const { subscriptionId, expiresAt } = await twin.alice.subscribe(rich, untilTheEnd)
    expect(expiresAt).toEqual(inMs(1_425 * MINUTE))
    const made = twin.graph.subscriptions.get(subscriptionId)
    expect(made).toMatchObject({ encryption, target: { folderId: twin.inbox } })
    expect(made?.target.select).toEqual(
      expect.arrayContaining(['id', 'subject', 'from', 'receivedDateTime', 'internetMessageId']),
    )
    expect(made?.target.select).not.toContain('body')
    const renewed = await twin.alice.renew(subscriptionId, 6 * DAY, untilTheEnd)
    expect(renewed.expiresAt).toEqual(inMs(1_425 * MINUTE))
    const [listed] = await twin.alice.subscriptions(untilTheEnd)
    expect(listed?.providerFolderId).toBe(twin.inbox)
  })
})

describe('the list of subscriptions', () => {
  it('has all of a person’s, page by page, and none of anybody else', async () => {
    twin.graph.knobs.subscriptions.listPageSize = 3
    const folders = [
      'inbox',
      'archive',
      'sentitems',
      'drafts',
      'junkemail',
      'deleteditems',
      'outbox',
    ]
    const ids = folders.map((name) => twin.folderId(name))
    for (const id of ids) await twin.alice.subscribe(request(DAY, id), untilTheEnd)
    await twin.bob.subscribe(request(DAY, twin.folderId('inbox', BOB)), untilTheEnd)
    const listed = await twin.alice.subscriptions(untilTheEnd)
    expect(listed.map(({ providerFolderId }) => providerFolderId)).toEqual(ids)
  })

  it('is a failure to try again when it comes in another shape', async () => {
    const graph = await aScriptedGraph(() => ({ body: { value: [{ id: 'one' }] } }))
    await expect(graph.alice.subscriptions(untilTheEnd)).rejects.toMatchObject({
      code: 'unexpected-answer',
    })
    await graph[Symbol.asyncDispose]()
  })
})

describe('the folder that a subscription watches', () => {
  it.each([
    ["/users/alice/mailFolders('AAkA=')/messages"],
    ["users/alice/mailFolders('AAkA=')/messages"],
    ["Users('Alice')/MailFolders('AAkA=')/Messages"],
    ['/users/alice/mailfolders/AAkA=/messages'],
    ['/USERS/ALICE/mailFolders/AAkA%3D/messages?$select=id,subject'],
    ["/me/mailFolders('AAkA%3D')/messages?$filter=isRead eq false"],
    ['//users//alice//mailFolders//AAkA=//messages'],
  ])('is seen in every spelling: %s', (resource) => {
    expect(watchedFolder(resource, 'alice')).toBe('AAkA=')
  })

  it('keeps the case and the quotes of its id', () => {
    expect(watchedFolder("users/a/mailFolders('aB''c')/messages", 'a')).toBe("aB'c")
  })

  it.each([
    ['/users/bob/mailFolders/AAkA=/messages'],
    ['/users/alice/messages'],
    ['/me/messages'],
    ['/users/alice/events'],
    ['/users/alice/mailFolders/AAkA=/messages/more'],
    ['/users/alice/mailFolders/AAkA='],
    ['/teams/alice/mailFolders/AAkA=/messages'],
    ['/users/alice/mailFolders/%/childFolders'],
    [''],
  ])('is none of ours where something else is watched: %s', (resource) => {
    expect(watchedFolder(resource, 'alice')).toBeNull()
  })
})
