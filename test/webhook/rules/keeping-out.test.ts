import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { KeepOutRequest } from '../../../models/wire/pane/keep-out.ts'
import { ChangedMeanwhileError, NotFoundError } from '../../../webhook/errors.ts'
import { RuleDesk } from '../../../webhook/rules/desk.ts'
import { KeepOut } from '../../../webhook/rules/keep-out.ts'
import { OwnCopies } from '../../../webhook/rules/own-copy.ts'
import { aPerson, BOB } from '../../support/builders.ts'
import { anEndingMailbox } from '../ending/an-ending-mailbox.ts'
import { alice } from './a-ruled-mailbox.ts'

const ID = '<mail-0@customer.example>'
const REPLY = { subject: 'Re: Mail 0', lines: [`References: ${ID}`] }
const onQuarantined = ({ error }: { error: unknown }) => {
  throw error
}

let box: Awaited<ReturnType<typeof anEndingMailbox>>
let keepOut: KeepOut
let inbox = ''
beforeEach(async () => {
  box = await anEndingMailbox()
  const copies = new OwnCopies({ ...box, random: () => 1, onQuarantined })
  keepOut = new KeepOut({ ...box, copies, ruleDesk: box.desk })
  inbox = await box.watch('inbox')
  await box.deliver()
  await box.deliver(REPLY)
  await box.deliver({ subject: 'Something else' })
  await box.work()
})
afterEach(() => box[Symbol.asyncDispose]())

const set = async (keep: boolean, over: object = {}, person = alice) => {
  const key = { internetMessageId: ID, mailboxAddress: 'alice@flow.example', ...over }
  const answer = await keepOut.set(person, KeepOutRequest.parse({ ...key, keepOut: keep }))
  await box.work()
  return answer
}
const stored = async () => (await box.storedEmails()).map(({ subject }) => subject).toSorted()
const OUT = 'excluded conversation-kept-out'

describe('a conversation that its person keeps out', () => {
  it('is taken out of the CRM, with its replies and nothing else', async () => {
    expect(await stored()).toEqual(['Mail 0', 'Re: Mail 0', 'Something else'])
    expect(await set(true)).toEqual({ keptOut: true, concerned: 2 })
    expect(await stored()).toEqual(['Something else'])
    expect(await box.reasons()).toEqual({
      ...{ 'Mail 0': OUT, 'Re: Mail 0': OUT },
      'Something else': 'stored new',
    })
  })

  it('stays out with what comes later, as its people are told', async () => {
    await set(true)
    await box.deliver({ ...REPLY, subject: 'RE: Re: Mail 0' })
    await box.ringAndWork(inbox)
    expect(await box.reasons()).toMatchObject({ 'RE: Re: Mail 0': OUT })
    expect(await stored()).toEqual(['Something else'])
  })

  it('comes back whole when it is let in again', async () => {
    await set(true)
    expect(await set(false)).toEqual({ keptOut: false, concerned: 2 })
    expect(await stored()).toEqual(['Mail 0', 'Re: Mail 0', 'Something else'])
  })

  it('is a version of the rules, however often it is said, and is written down', async () => {
    await set(true)
    expect(await set(true)).toEqual({ keptOut: true, concerned: 0 })
    const { version, rules } = await box.desk.ofMailbox(box.mailbox)
    expect([version, rules.keptOut.length]).toEqual([1, 1])
    expect(box.audited.filter((action) => action === 'rules-changed')).toHaveLength(1)
  })

  it('comes back, too, when an older version of the rules is applied', async () => {
    await set(true)
    const owner = { workspaceId: box.mailbox.workspaceId, ownerId: box.mailbox._id }
    await box.desk.undo(alice, owner, { version: 1, to: 0 })
    await box.apply()
    expect(await stored()).toEqual(['Mail 0', 'Re: Mail 0', 'Something else'])
  })

  it('is kept out although the rules are changed in the same moment', async () => {
    let others = 1
    class Disturbed extends RuleDesk {
      override async saveMailbox(...args: Parameters<RuleDesk['saveMailbox']>) {
        if (others-- > 0) throw new ChangedMeanwhileError()
        return box.desk.saveMailbox(...args)
      }
    }
    const copies = new OwnCopies({ ...box, random: () => 1, onQuarantined })
    const ruleDesk = new Disturbed(box as never)
    ruleDesk.ofMailbox = (mailbox) => box.desk.ofMailbox(mailbox)
    keepOut = new KeepOut({ ...box, copies, ruleDesk })
    expect(await set(true)).toMatchObject({ concerned: 2 })
  })

  it('is nobody else’s to keep out', async () => {
    const bob = aPerson({ userId: BOB, displayName: 'Bob' })
    await expect(set(true, {}, bob)).rejects.toThrow(NotFoundError)
    await expect(set(true, { internetMessageId: '<none@x>' })).rejects.toThrow(NotFoundError)
    expect(await stored()).toHaveLength(3)
  })
})
