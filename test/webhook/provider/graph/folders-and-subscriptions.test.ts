import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { DAY, MINUTE } from '../../../../webhook/duration.ts'
import { ALICE, aTwin, fill, untilTheEnd, type Twin } from './graphs.ts'

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

describe('the account of a mailbox', () => {
  it('is found by address, its own address in small letters', async () => {
    expect(await twin.alice.account(untilTheEnd)).toEqual({
      providerUserId: ALICE,
      address: 'alice@flow.example',
      displayName: 'Alice',
    })
  })
})

describe('the folders of a mailbox', () => {
  it('come as a tree in reading order, the usual ones suggested, hidden ones left out', async () => {
    const { mailboxes } = twin.graph
    const customers = mailboxes.addFolder(ALICE, 'inbox', 'Customers')
    const north = mailboxes.addFolder(ALICE, customers.id, 'North')
    mailboxes.addFolder(ALICE, north.id, 'Harbour')
    mailboxes.addFolder(ALICE, customers.id, 'South')
    mailboxes.addFolder(ALICE, 'inbox', 'Secret', { hidden: true })
    await fill(twin, 2, north.id)
    const tree = await twin.alice.folders(untilTheEnd)
    const at = tree.findIndex(({ displayName }) => displayName === 'Inbox')
    const below = tree.slice(at, at + 5)
    expect(below.map(({ displayName, depth }) => [displayName, depth])).toEqual([
      ['Inbox', 0],
      ['Customers', 1],
      ['North', 2],
      ['Harbour', 3],
      ['South', 2],
    ])
    expect(below[2]).toMatchObject({ providerFolderId: north.id, totalItemCount: 2 })
    expect(tree.map(({ displayName }) => displayName)).not.toContain('Secret')
    const suggested = tree.filter((folder) => folder.suggested)
    expect(suggested.map(({ displayName }) => displayName).toSorted()).toEqual([
      'Inbox',
      'Sent Items',
    ])
  })

  it('come all, also when there are hundreds side by side', async () => {
    for (let n = 0; n < 230; n++) twin.graph.mailboxes.addFolder(ALICE, 'inbox', `Customer ${n}`)
    const names = (await twin.alice.folders(untilTheEnd)).map(({ displayName }) => displayName)
    expect(names.filter((name) => name.startsWith('Customer '))).toHaveLength(230)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('a subscription', () => {
  const request = (lifeMs: number) => ({
    providerFolderId: twin.inbox,
    notificationUrl: 'https://crm.example/notifications',
    lifecycleUrl: 'https://crm.example/lifecycle',
    clientState: 'secret',
    lifeMs,
  })
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
})
