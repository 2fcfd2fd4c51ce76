/** @jest-environment jsdom */
import { beforeEach, describe, expect, it, jest } from '@jest/globals'
import { createOutlook, type Outlook } from '../../../addin/office/outlook.ts'
import type { OpenItem } from '../../../addin/office/item.ts'
import { officeReady } from '../../../addin/office/ready.ts'
import { installOffice } from '../../../sandbox/outlook/page/office-js.ts'
import { OfficeBridge } from '../../../sandbox/outlook/page/office-bridge.ts'
import { aLink, aMail } from '../../sandbox/outlook/support.ts'

/** The contract: our adapter on the sandbox's Office.js, over its host's bridge. Nothing here is faked for the test. */
beforeEach(() => void jest.useFakeTimers({ advanceTimers: true }))

async function opened() {
  const link = aLink()
  const bridge = new OfficeBridge(link.hostSide)
  bridge.setUser({ address: 'alice@contoso.test', displayName: 'Alice' })
  const page = { history: { pushState: () => {} } } as unknown as Window
  installOffice(page, link.paneSide)
  const office = Reflect.get(page, 'Office') as typeof Office
  return { bridge, outlook: createOutlook(await officeReady(office)) }
}

function items(outlook: Outlook) {
  const seen: OpenItem[] = []
  const selection = outlook.watchSelection({
    onItem: (item) => seen.push(item),
    onFailure: (error) => {
      throw error
    },
  })
  const next = async () => {
    await jest.advanceTimersByTimeAsync(20)
    return seen.at(-1)
  }
  return { next, selection }
}

describe("the adapter on the sandbox's Office.js", () => {
  it('knows whose Outlook it is, and that nested sign-in is not to be had', async () => {
    const { outlook } = await opened()
    expect(outlook.userAddress).toBe('alice@contoso.test')
    expect(outlook.canSignInNested).toBe(false)
  })

  it('reads the message a person opens, with the id Graph knows it by', async () => {
    const { bridge, outlook } = await opened()
    const { next } = items(outlook)
    expect(await next()).toEqual({ kind: 'none' })
    const mail = aMail({ id: 'AAMk-1_a=', subject: 'Quote' })
    bridge.open(mail)
    const item = await next()
    expect(item).toMatchObject({
      kind: 'message',
      message: {
        itemId: mail.id,
        internetMessageId: mail.internetMessageId,
        mailboxAddress: 'alice@contoso.test',
        subject: 'Quote',
        from: mail.from,
        to: mail.to,
        cc: mail.cc,
        sentAt: mail.receivedAt,
      },
    })
    if (item?.kind !== 'message') throw new Error('no message')
    await expect(item.message.readBodyHtml()).resolves.toBe(mail.bodyHtml)
  })

  it('tells a draft from a message', async () => {
    const { bridge, outlook } = await opened()
    const { next } = items(outlook)
    bridge.open(aMail({ isDraft: true }))
    expect(await next()).toMatchObject({ kind: 'draft' })
  })

  it('follows the theme', async () => {
    const { bridge, outlook } = await opened()
    const told = new Promise<void>((resolve) => outlook.onThemeChange(resolve))
    expect(outlook.theme()).toBe('light')
    bridge.setTheme('dark')
    await told
    expect(outlook.theme()).toBe('dark')
  })

  it('reads ten bodies asked for at once, though Outlook takes three calls', async () => {
    const { bridge, outlook } = await opened()
    const { next } = items(outlook)
    const mail = aMail({})
    bridge.open(mail)
    const item = await next()
    if (item?.kind !== 'message') throw new Error('no message')
    const bodies = await Promise.all(Array.from({ length: 10 }, () => item.message.readBodyHtml()))
    expect(bodies).toEqual(Array(10).fill(mail.bodyHtml))
  })
})
