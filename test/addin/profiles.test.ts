/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { createOutlook, type Outlook } from '../../addin/office/outlook.ts'
import type { OpenItem } from '../../addin/office/item.ts'
import { officeReady } from '../../addin/office/ready.ts'
import { OfficeBridge } from '../../sandbox/outlook/page/office-bridge.ts'
import { installOffice } from '../../sandbox/outlook/page/office-js.ts'
import type { ClientName } from '../../sandbox/outlook/page/office/clients.ts'
import { sampleMeeting } from '../../sandbox/outlook/page/sample-meeting.ts'
import { aLink, aMail } from '../sandbox/outlook/support.ts'

/** The adapter itself, on the stand-in as each Outlook has it: what the pane can do there, and what it cannot. */
beforeEach(() => void jest.useFakeTimers({ advanceTimers: true }))
afterEach(() => void jest.useRealTimers())

const GRAPH_ID = 'AA-b_c='
const PATIENTLY_MS = 50

async function openedIn(client: ClientName) {
  const link = aLink()
  const bridge = new OfficeBridge(link.hostSide)
  bridge.setUser({ address: 'alice@contoso.test', displayName: 'Alice' })
  bridge.setClient(client)
  const page = { history: {} } as unknown as Window
  installOffice(page, link.paneSide)
  const office = Reflect.get(page, 'Office') as typeof Office
  const outlook = createOutlook(await officeReady(office))
  return { bridge, outlook }
}

/** What is open, as the pane hears of it. */
function listen(outlook: Outlook) {
  const seen: OpenItem[] = []
  outlook.watchSelection({
    onItem: (item) => seen.push(item),
    onFailure: (error) => {
      throw error
    },
  })
  return async () => {
    await jest.advanceTimersByTimeAsync(PATIENTLY_MS)
    return seen.at(-1)
  }
}

async function abilitiesIn(client: ClientName) {
  const { bridge, outlook } = await openedIn(client)
  const next = listen(outlook)
  bridge.open(aMail({ id: GRAPH_ID }))
  const read = await next()
  if (read?.kind !== 'message') throw new Error('The message was not read.')
  const body = await read.message.readBodyHtml()

  let themeWasTold = false
  outlook.onThemeChange(() => (themeWasTold = true))
  await next()
  bridge.setTheme('dark')
  await next()

  bridge.open(aMail({ id: 'draft', isDraft: true }))
  const written = await next()
  const draft = written?.kind === 'draft' ? written.draft : undefined
  return {
    readsMail: read.message.itemId === GRAPH_ID && body === '<p>Hello</p>',
    theme: outlook.theme(),
    themeWasTold,
    readsDrafts: (await draft?.read())?.to.length === 1,
    carriesChoices: draft?.canCarry,
    hearsOfRecipients: draft?.tellsChanges,
    nested: outlook.canSignInNested,
  }
}

const everywhere = { readsMail: true, readsDrafts: true, nested: false }
const newest = { theme: 'dark', themeWasTold: true, carriesChoices: true, hearsOfRecipients: true }
const before14 = { ...newest, theme: null, themeWasTold: false }

describe('what the pane can do in each Outlook', () => {
  it.each([
    ['web', '1.16', newest],
    ['new-windows', '1.16', newest],
    ['windows', '1.16', newest],
    ['mac', '1.14', newest],
    ['ltsc-2024', '1.14', newest],
    ['ltsc-2021', '1.9', before14],
    ['mac-classic', '1.8', before14],
    ['on-premises', '1.6', { ...before14, carriesChoices: false, hearsOfRecipients: false }],
    // Phones have header lines before their set, and no events of items.
    ['ios', '1.5', { ...before14, hearsOfRecipients: false }],
    ['android', '1.5', { ...before14, hearsOfRecipients: false }],
  ] as const)('%s (Mailbox %s)', async (client, _set, differs) => {
    expect(await abilitiesIn(client)).toEqual({ ...everywhere, ...differs })
  })
})

describe('where Outlook misbehaves', () => {
  it.each(['late', 'twice'] as const)(
    'shows the right message when ItemChanged comes %s',
    async (how) => {
      const { bridge, outlook } = await openedIn('web')
      const next = listen(outlook)
      bridge.setFaults({ itemChanged: how })
      bridge.open(aMail({ id: 'first', subject: 'First' }))
      bridge.open(aMail({ id: 'second', subject: 'Second' }))
      await jest.advanceTimersByTimeAsync(2_000)
      expect(await next()).toMatchObject({ kind: 'message', message: { subject: 'Second' } })
    },
  )

  it('finds the message on the next focus when ItemChanged never came', async () => {
    const { bridge, outlook } = await openedIn('web')
    const next = listen(outlook)
    bridge.setFaults({ itemChanged: 'missing' })
    bridge.open(aMail({ subject: 'Quiet' }))
    expect(await next()).toEqual({ kind: 'none' })
    window.dispatchEvent(new Event('focus'))
    expect(await next()).toMatchObject({ kind: 'message', message: { subject: 'Quiet' } })
  })

  it.each([
    [{ body: 'protected' }, 'outlook-permission', 9038],
    [{ calls: 'offline' }, 'outlook-network', 9041],
    [{ calls: 'failing' }, 'outlook-failed', 9042],
    [{ body: 'huge' }, 'message-too-long', null],
  ] as const)('says so in words when it reads a body: %j', async (faults, code, hostCode) => {
    const { bridge, outlook } = await openedIn('web')
    const next = listen(outlook)
    bridge.open(aMail())
    const item = await next()
    if (item?.kind !== 'message') throw new Error('no message')
    bridge.setFaults(faults)
    const failed = item.message.readBodyHtml()
    await expect(failed).rejects.toMatchObject({ code, hostCode })
  })

  it('does not take the body of the next message for that of this one', async () => {
    const { bridge, outlook } = await openedIn('web')
    const next = listen(outlook)
    bridge.open(aMail({ id: 'first' }))
    const item = await next()
    if (item?.kind !== 'message') throw new Error('no message')
    bridge.setFaults({ calls: 'slow' })
    const body = item.message.readBodyHtml().catch((error: unknown) => error)
    bridge.open(aMail({ id: 'second' }))
    await jest.advanceTimersByTimeAsync(2_100)
    expect(await body).toMatchObject({ code: 'message-changed' })
  })

  it('knows whose a message in a shared mailbox is, and reads nothing it has no right to', async () => {
    const { bridge, outlook } = await openedIn('web')
    const next = listen(outlook)
    const alice = { address: 'alice@contoso.test', displayName: 'Alice' }
    bridge.setUser(alice, { address: 'sales@contoso.test' })
    bridge.setFaults({ sharedRights: 'none' })
    bridge.open(aMail())
    const item = await next()
    if (item?.kind !== 'message') throw new Error('no message')
    expect(item.message.mailboxAddress).toBe('sales@contoso.test')
    await expect(item.message.readBodyHtml()).rejects.toMatchObject({ code: 'outlook-permission' })
    bridge.setFaults({ sharedRights: 'hidden' })
    bridge.open(aMail({ id: 'hidden' }))
    expect(await next()).toEqual({ kind: 'none' })
  })

  it('leaves out recipients without an address, and does without a Message-ID', async () => {
    const { bridge, outlook } = await openedIn('web')
    const next = listen(outlook)
    bridge.setFaults({ recipients: 'nameless', messageId: 'missing' })
    bridge.open(aMail({ id: GRAPH_ID }))
    const item = await next()
    if (item?.kind !== 'message') throw new Error('no message')
    expect(item.message).toMatchObject({ itemId: GRAPH_ID, to: [], from: null })
    expect(item.message.internetMessageId).toBeUndefined()
  })

  it.each(['organizer', 'attendee'] as const)('reads a meeting as its %s', async (side) => {
    const { bridge, outlook } = await openedIn('web')
    const next = listen(outlook)
    const meeting = sampleMeeting({ name: 'Alice', address: 'alice@contoso.test' }, side)
    bridge.openMeeting({ id: 'meeting', side, meeting })
    const item = await next()
    if (item?.kind !== 'not-mail') throw new Error('It was taken for a message.')
    expect(await item.meeting?.read()).toMatchObject({
      organizer: { address: meeting.organizer.address },
      attendees: meeting.required,
      startsAt: meeting.start,
    })
  })
})
