import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { MailboxControl } from '../../../webhook/crm/mailbox-control.ts'
import { Mailboxes } from '../../../webhook/crm/mailbox-desk.ts'
import { noCrash } from '../../../webhook/crash-points.ts'
import { DAY, HOUR } from '../../../webhook/duration.ts'
import { aPerson } from '../../support/builders.ts'
import { aFile, anArchive, type Archive } from './an-archive.ts'

let archive: Archive
beforeEach(async () => {
  archive = await anArchive()
})
afterEach(() => archive[Symbol.asyncDispose]())

describe('attachments in a mailbox that cannot be asked', () => {
  it('wait where the mailbox is paused, and go on with it', async () => {
    const subject = 'Paused'
    await archive.receive(subject, [aFile()])
    await archive.sync()
    const { _id } = archive.mailbox
    await archive.mailboxes.pause(_id, { at: archive.clock.now(), byName: 'Alice' })
    archive.twin.seen.length = 0
    await archive.fetchDue()
    expect(archive.asked('/attachments')).toBe(0)
    await new MailboxControl(archive).resume(archive.mailbox)
    await archive.fetchDue()
    expect(await archive.attachmentsOf(subject)).toMatchObject([{ state: 'stored' }])
  })

  it('wait where the credential was refused, and go on when the mailbox is connected again', async () => {
    const subject = 'Refused'
    await archive.receive(subject, [aFile()])
    await archive.sync()
    archive.graph.desk.failRequests(401, 99)
    for (const wait of [0, HOUR]) {
      await archive.clock.advance(wait)
      await archive.fetchDue()
    }
    archive.graph.desk.clear()
    const parts = { ...archive, crash: noCrash, reconcileMs: DAY }
    const { displayName, address } = archive.mailbox
    const homeAccountId = 'home-2'
    await new Mailboxes(parts).connectDelegated({
      ...aPerson({ displayName }),
      address,
      homeAccountId,
    })
    await archive.fetchDue()
    expect(await archive.attachmentsOf(subject)).toMatchObject([{ state: 'stored' }])
  })
})
