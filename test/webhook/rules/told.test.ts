import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { KeepOutRequest } from '../../../models/wire/pane/keep-out.ts'
import { MINUTE } from '../../../webhook/duration.ts'
import { ownerOf, workspaceOwner } from '../../../webhook/rules/desk.ts'
import { KeepOut } from '../../../webhook/rules/keep-out.ts'
import { OwnCopies } from '../../../webhook/rules/own-copy.ts'
import { keptOutSince } from '../../../webhook/rules/told/kept-out.ts'
import { versionsOf } from '../../../webhook/rules/told/versions.ts'
import { bob } from '../../support/builders.ts'
import { anEndingMailbox } from '../ending/an-ending-mailbox.ts'
import { admin, alice } from './a-ruled-mailbox.ts'

let box: Awaited<ReturnType<typeof anEndingMailbox>>
beforeEach(async () => {
  box = await anEndingMailbox()
})
afterEach(() => box[Symbol.asyncDispose]())

describe('the versions of rules', () => {
  it('say what each changed against the one before it, the first against what FlowCRM does by itself', async () => {
    await box.own({ scope: 'contacts', keptOut: ['c-1', 'c-2'] })
    await box.own({ keptOut: ['c-2', 'c-3'], excludedFolders: ['f-1'] })
    await box.desk.undo(alice, ownerOf(box.mailbox), { version: 2, to: 0 })
    const { versions } = await box.desk.versions(ownerOf(box.mailbox))
    expect(versions.map(({ version, changed }) => [version, changed])).toEqual([
      [
        3,
        {
          was: { excludedFolders: ['f-1'], keptOut: ['c-2', 'c-3'] },
          now: { excludedFolders: [], keptOut: [] },
        },
      ],
      [
        2,
        {
          was: { scope: 'contacts', excludedFolders: [], keptOut: ['c-1'] },
          now: { scope: undefined, excludedFolders: ['f-1'], keptOut: ['c-3'] },
        },
      ],
      [1, { was: { keptOut: [] }, now: { scope: 'contacts', keptOut: ['c-1', 'c-2'] } }],
    ])
    const [newest, ...others] = (await versionsOf(box.ruleStore, ownerOf(box.mailbox), 1)).versions
    expect([newest, others]).toEqual([versions[0], []])
  })

  it('of the organization say so, too', async () => {
    await box.policy({ timeZone: 'Europe/Vienna', locked: ['scope'] })
    const { versions } = await box.desk.versions(workspaceOwner(admin.workspaceId))
    expect(versions).toMatchObject([
      {
        changed: {
          was: { timeZone: 'UTC', locked: [] },
          now: { timeZone: 'Europe/Vienna', locked: ['scope'] },
        },
      },
    ])
  })
})

describe('since when a conversation is kept out', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 10, n))
  /** The newest first: each version with what it keeps out, on the day of its number. */
  const since = (...all: [version: number, keptOut?: string][]) =>
    keptOutSince(
      all.map(([version, keptOut]) => ({
        ...{ version, savedAt: day(version) },
        rules: { keptOut: keptOut === undefined ? [] : [keptOut] },
      })),
      'a',
    )
  it.each([
    ['the version that put it there', since([3, 'a'], [2, 'a'], [1]), day(2)],
    ['that after it was let in', since([4, 'a'], [3], [2, 'a'], [1]), day(4)],
    ['the first of all', since([2, 'a'], [1, 'a']), day(1)],
    ['not known of older ones', since([9, 'a'], [8, 'a']), null],
    ['never', since([2, 'b'], [1, 'a']), null],
    ['never, without rules', since(), null],
  ])('is %s', (_what, told, expected) => {
    expect(told).toEqual(expected)
  })
})

describe('the conversations that a mailbox keeps out', () => {
  const keep = async (internetMessageId: string) => {
    const copies = new OwnCopies({ ...box, random: () => 1, onQuarantined: () => undefined })
    const key = { internetMessageId, mailboxAddress: 'alice@flow.example', keepOut: true }
    await new KeepOut({ ...box, copies, ruleDesk: box.desk }).set(alice, KeepOutRequest.parse(key))
  }
  const keptOut = (person = alice, cursor = 0, mailbox = box.mailbox) =>
    box.desk.keptOut({ person, mailbox }, { cursor })
  const named = async (...args: Parameters<typeof keptOut>) =>
    (await keptOut(...args)).conversations.map(({ subject }) => subject)
  const asked = () => box.twin.seen.length

  beforeEach(async () => {
    await box.watch('inbox')
    await box.deliver({ subject: 'About my knee' })
    await box.deliver({ subject: 'About the lease' })
    await box.work()
    await keep('<mail-0@customer.example>')
    await box.clock.advance(MINUTE)
    await keep('<mail-1@customer.example>')
  })

  it('have the subjects that their owner’s mailbox knows, the latest first, a request for each', async () => {
    const before = asked()
    const { conversations, nextCursor } = await keptOut()
    expect(asked() - before).toBe(2)
    expect(conversations.map(({ subject }) => subject)).toEqual([
      'About the lease',
      'About my knee',
    ])
    const [late, early] = conversations.map(({ since }) => Date.parse(since ?? ''))
    expect(late! - early!).toBeGreaterThanOrEqual(MINUTE)
    expect(nextCursor).toBeNull()
  })

  it('have none for an administrator, and nobody is asked', async () => {
    const before = asked()
    expect(await named({ ...bob, roles: ['member', 'admin'] })).toEqual([null, null])
    expect(asked()).toBe(before)
  })

  it('have none where the mailbox is not to be asked, nor for mail that it has no more', async () => {
    expect(await named(alice, 0, { ...box.mailbox, status: 'reconnect-needed' })).toEqual([
      null,
      null,
    ])
    const { rules } = await box.desk.ofMailbox(box.mailbox)
    await box.own({ ...rules, keptOut: [...rules.keptOut, "AAQkAD-it's-gone"] })
    expect(await named()).toEqual([null, 'About the lease', 'About my knee'])
  })

  it('come page by page', async () => {
    const ids = Array.from({ length: 11 }, (_, n) => `c-${n}`)
    await box.own({ keptOut: ids })
    const first = await keptOut()
    expect(first.conversations.map(({ conversationId }) => conversationId)).toEqual(
      ids.toReversed().slice(0, 10),
    )
    const last = await keptOut(alice, Number(first.nextCursor))
    expect(last).toMatchObject({ conversations: [{ conversationId: 'c-0' }], nextCursor: null })
  })

  it('are stored by nothing but their ids', async () => {
    await keptOut()
    const dump = JSON.stringify(await box.db.collection('ruleSets').find().toArray())
    expect(dump).not.toMatch(/knee|lease/)
    expect(JSON.stringify((await box.desk.ofMailbox(box.mailbox)).rules)).not.toMatch(/knee|lease/)
  })
})
