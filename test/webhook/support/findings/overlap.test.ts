import { describe, expect, it } from '@jest/globals'
import type { Mailbox } from '../../../../models/mailbox.ts'
import { overlapsOf, type Connection } from '../../../../webhook/support/findings/decide/overlap.ts'
import { worstFirst } from '../../../../webhook/support/findings/decide/worst-first.ts'
import { aFolder, aMailbox, BOB, NOW } from '../../../support/builders.ts'

/** A connection that watches these folders, by the provider's ids. */
const connection = (over: Partial<Mailbox>, ...folderIds: string[]): Connection => {
  const mailbox = aMailbox(over)
  const folders = folderIds.map((id) =>
    aFolder({ _id: `${mailbox._id} ${id}`, providerFolderId: id, displayName: id }),
  )
  return { mailbox, folders }
}
const everybody = () => true
const told = (connections: Connection[], isShown: (mailbox: Mailbox) => boolean = everybody) =>
  overlapsOf(connections, isShown)

const own = connection({ _id: 'own' }, 'Inbox', 'Sent Items')
const byApp = (over: Partial<Mailbox> = {}) => ({
  ...{ _id: 'by-app', authMode: 'app' as const, ownerUserId: BOB },
  ...{ providerUserId: 'alice@flow.example', address: 'Alice@Flow.Example', ...over },
})

describe('two connections of one mailbox', () => {
  it('that read the same folders are told once, with what is read twice and who sees it', () => {
    const [found, ...more] = told([own, connection(byApp(), 'Inbox', 'Sent Items', 'Offers')])
    expect(more).toEqual([])
    expect(found).toEqual({
      ...{ code: 'read-twice', severity: 'warning', mailboxId: 'own' },
      ...{ folderId: null, since: null, askedAt: null },
      sentence:
        'This mailbox has 2 connections, by a person’s sign-in and with the app’s own permission. Read more than once: Inbox and Sent Items. Each e-mail is kept once; Microsoft 365 is asked for it more often than needed. Mail that matches no contact is seen by the owner of each connection.',
      todo: expect.stringContaining('disconnect the one with the app’s own permission'),
    })
  })

  it('of one and the same owner show nobody more than before', () => {
    const [found] = told([
      own,
      connection(byApp({ ownerUserId: own.mailbox.ownerUserId }), 'Inbox'),
    ])
    expect(found?.sentence).toMatch(/Read more than once: Inbox\..*than needed\.$/)
  })

  it('are known by the folder where an alias gave one of them another address', () => {
    const alias = connection(byApp({ address: 'a.ashdown@flow.example' }), 'Inbox')
    expect(told([own, alias])[0]?.sentence).toContain(
      'They know it as alice@flow.example and a.ashdown@flow.example.',
    )
  })

  it('with the app’s permission, by two of its addresses, are both the administrators’', () => {
    const first = connection(byApp({ _id: 'first' }), 'Inbox')
    const second = connection(byApp({ _id: 'second', address: 'a@flow.example' }), 'Inbox')
    const [found] = told([first, second])
    expect(found?.sentence).toContain('2 connections, all with the app’s own permission')
    expect(found?.todo).toContain('what is no longer needed')
  })

  it('that watch no folder in common are worth knowing, no more', () => {
    const [found] = told([connection({ _id: 'own' }, 'Inbox'), connection(byApp(), 'Offers')])
    expect(found).toMatchObject({ code: 'connected-twice', severity: 'info' })
    expect(found?.sentence).toContain('nothing is read twice')
  })

  it('can be two accounts, after an address went from one to the other', () => {
    const newer = connection({ _id: 'newer', providerUserId: BOB }, 'Another inbox')
    expect(told([own, newer])[0]).toMatchObject({
      code: 'connected-twice',
      sentence: expect.stringContaining('each by a sign-in of its own'),
    })
  })

  it('are one finding also where a third joins them', () => {
    const alias = connection(byApp({ _id: 'alias', address: 'a@flow.example' }), 'Offers')
    const bridge = connection(byApp(), 'Offers')
    const found = told([own, alias, bridge])
    expect(found.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('This mailbox has 3 connections'),
    ])
  })

  it('are told about the one that the asker may see, and to nobody who sees none', () => {
    const both = [own, connection(byApp(), 'Inbox')]
    expect(told(both, ({ _id }) => _id === 'by-app').map(({ mailboxId }) => mailboxId)).toEqual([
      'by-app',
    ])
    expect(told(both, () => false)).toEqual([])
  })

  it('are none where mailboxes have nothing in common', () => {
    const bobs = connection({ _id: 'bob', address: 'bob@flow.example' }, 'His inbox')
    expect(told([own, bobs])).toEqual([])
  })
})

describe('findings', () => {
  it('come with the worst first, and of equals with the one that lasts longest', () => {
    const found = {
      ...{ mailboxId: 'm', folderId: null, askedAt: null, sentence: '', todo: null },
      ...{ severity: 'info' as const, since: NOW },
    }
    const sorted = worstFirst([
      { ...found, code: 'silence-asked' },
      { ...found, code: 'silence-asked', since: new Date(0), mailboxId: 'longest' },
      { ...found, code: 'look-overdue' },
      { ...found, code: 'read-twice', since: null },
    ])
    expect(sorted.map(({ code, mailboxId }) => `${code} ${mailboxId}`)).toEqual([
      'read-twice m',
      'look-overdue m',
      'silence-asked longest',
      'silence-asked m',
    ])
  })
})
