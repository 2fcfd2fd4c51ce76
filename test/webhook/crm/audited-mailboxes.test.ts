import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { AuditedMailboxes } from '../../../webhook/crm/access/audited-mailboxes.ts'
import { MailboxControl } from '../../../webhook/crm/mailbox-control.ts'
import { Mailboxes } from '../../../webhook/crm/mailbox-desk.ts'
import { DAY } from '../../../webhook/duration.ts'
import { StoreUnavailableError } from '../../../webhook/errors.ts'
import { ALICE, aPerson } from '../../support/builders.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from '../sync/a-mailbox.ts'

const alice = aPerson()
const admin = aPerson({ userId: 'admin', displayName: 'Ada', roles: ['member', 'admin'] })

let box: ConnectedMailbox
let desk: AuditedMailboxes
let announced: string[]
beforeEach(async () => {
  box = await aConnectedMailbox()
  announced = []
  const announcer = { mailboxChanged: (id: string) => void announced.push(id) }
  const mailboxDesk = new Mailboxes({ ...box, reconcileMs: DAY })
  const mailboxControl = new MailboxControl(box)
  desk = new AuditedMailboxes({ ...box, mailboxDesk, mailboxControl, announcer })
})
afterEach(() => box[Symbol.asyncDispose]())

const mailbox = async () => (await box.mailboxes.find(box.mailbox._id))!
const inbox = () => box.graph.mailboxes.folder(ALICE, 'inbox').id
const choose = async () =>
  desk.chooseFolders(alice, await mailbox(), { watched: [inbox()], signal: untilTheEnd })

describe('what people change about a mailbox', () => {
  it('is written down, with who, as what and how', async () => {
    await desk.connectDelegated({ ...alice, address: 'alice@flow.example', homeAccountId: 'home' })
    await choose()
    await desk.changeSettings(alice, await mailbox(), { sharing: 'subject', windowDays: 90 })
    await desk.pause(admin, await mailbox())
    await desk.resume(admin, await mailbox())
    const told = box.audit.written.map(({ who, action, object, details }) => {
      expect(object).toEqual({ kind: 'mailbox', id: box.mailbox._id })
      return [who.role, action, details]
    })
    expect(told).toEqual([
      ['member', 'mailbox-connected', { authMode: 'delegated' }],
      ['member', 'folders-chosen', { watched: [inbox()] }],
      ['member', 'mailbox-settings-changed', { sharing: 'subject', windowDays: 90 }],
      ['admin', 'mailbox-paused', undefined],
      ['admin', 'mailbox-resumed', undefined],
    ])
    expect((await mailbox()).settings).toMatchObject({ sharing: 'subject', windowDays: 90 })
    expect(announced).toEqual(told.map(() => box.mailbox._id)) // whoever else looks sees it, too
  })

  it('is not done when it cannot be written down', async () => {
    box.audit.mishap = () => {
      throw new StoreUnavailableError('no audit')
    }
    const before = await mailbox()
    await expect(choose()).rejects.toThrow('no audit')
    await expect(desk.changeSettings(alice, before, { sharing: 'full' })).rejects.toThrow(
      'no audit',
    )
    await expect(desk.pause(alice, before)).rejects.toThrow('no audit')
    expect(await mailbox()).toEqual(before)
    expect(await box.folders.watchedOf(before._id)).toEqual([])
    expect(announced).toEqual([])
  })
})
