import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ALICE, aTwin, fill, untilTheEnd, type Twin } from './graphs.ts'

let twin: Twin
beforeEach(async () => {
  twin = await aTwin()
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
  it('come as a tree in reading order, the usual ones suggested, hidden ones marked', async () => {
    const { mailboxes } = twin.graph
    const customers = mailboxes.addFolder(ALICE, 'inbox', 'Customers')
    const north = mailboxes.addFolder(ALICE, customers.id, 'North')
    mailboxes.addFolder(ALICE, north.id, 'Harbour')
    const south = mailboxes.addFolder(ALICE, customers.id, 'South')
    const secret = mailboxes.addFolder(ALICE, south.id, 'Secret', { hidden: true })
    mailboxes.addFolder(ALICE, secret.id, 'Below')
    await fill(twin, 2, north.id)
    const tree = await twin.alice.folders(untilTheEnd)
    const at = tree.findIndex(({ displayName }) => displayName === 'Inbox')
    const below = tree.slice(at, at + 7)
    expect(below.map(({ displayName, depth }) => [displayName, depth])).toEqual([
      ['Inbox', 0],
      ['Customers', 1],
      ['North', 2],
      ['Harbour', 3],
      ['South', 2],
      ['Secret', 3],
      ['Below', 4],
    ])
    expect(below[2]).toMatchObject({ providerFolderId: north.id, totalItemCount: 2 })
    const hidden = tree.filter((folder) => folder.hidden).map(({ displayName }) => displayName)
    expect(hidden).toContain('Secret')
    expect(hidden).not.toContain('South')
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
