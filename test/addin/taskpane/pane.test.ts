import { describe, expect, it } from '@jest/globals'
import { SignInError } from '../../../addin/auth/refusal.ts'
import { OfficeError } from '../../../addin/office/errors.ts'
import { Pane } from '../../../addin/taskpane/pane/pane.ts'
import type { EmailStatus } from '../../../models/wire/log-email.ts'
import { aMessage, problem, stored, World } from '../support/fake-crm.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

async function started(world: World) {
  const pane = new Pane(world.parts)
  await pane.start()
  await settled()
  return pane
}

describe('the pane', () => {
  it('asks the CRM about the open message by its ids and mailbox', async () => {
    const world = new World()
    const pane = await started(world)
    expect(pane.view()).toEqual({ kind: 'no-item' })
    world.select(aMessage())
    expect(pane.view().kind).toBe('loading')
    await settled()
    expect(pane.view().kind).toBe('not-logged')
    expect(world.asked).toEqual([
      {
        itemId: 'AAMk-1',
        internetMessageId: '<1@fabrikam.test>',
        mailboxAddress: 'alice@contoso.test',
      },
    ])
  })

  it('logs it with its body, and shows what the CRM has then', async () => {
    const world = new World()
    const pane = await started(world)
    world.select(aMessage())
    await settled()
    world.answers = [stored()]
    const logging = pane.log()
    expect(pane.view().kind).toBe('logging')
    await logging
    expect(pane.view()).toMatchObject({ kind: 'stored', justLogged: true })
    expect(world.logged).toEqual([
      expect.objectContaining({
        subject: 'Quote for 40 seats',
        bodyHtml: '<p>Hello</p>',
        itemId: 'AAMk-1',
      }),
    ])
  })

  it('does not show what is known about a message that is open no more', async () => {
    const world = new World()
    const pane = await started(world)
    let answerLate = (_status: EmailStatus) => {}
    world.answers = [
      new Promise<EmailStatus>((resolve) => (answerLate = resolve)),
      { state: 'not-logged' },
    ]
    world.select(aMessage({ subject: 'first' }))
    await settled()
    world.select(aMessage({ subject: 'second' }))
    await settled()
    answerLate(stored())
    await settled()
    expect(pane.view()).toMatchObject({ kind: 'not-logged', message: { subject: 'second' } })
  })

  it('asks nobody to sign in by itself, and reads what is open after the click', async () => {
    const world = new World()
    world.token = null
    world.open = { kind: 'message', message: aMessage() }
    const pane = await started(world)
    expect(pane.view()).toEqual({ kind: 'signed-out', problem: null })
    expect(world.asked).toEqual([])
    const signingIn = pane.signIn()
    expect(pane.view().kind).toBe('signing-in')
    await signingIn
    await settled()
    expect(pane.view().kind).toBe('not-logged')
  })

  it.each(['popup-blocked', 'consent-missing', 'sign-in-cancelled'] as const)(
    'stays signed out and says why when the sign-in ends with %s',
    async (code) => {
      const world = new World()
      world.token = null
      world.signInError = new SignInError(code)
      const pane = await started(world)
      await pane.signIn()
      expect(pane.view()).toMatchObject({ kind: 'signed-out', problem: { code } })
    },
  )

  it('asks to sign in again when the token is taken no more, and stays there while messages change', async () => {
    const world = new World()
    const pane = await started(world)
    world.answers = [problem('not-signed-in')]
    world.select(aMessage())
    await settled()
    expect(pane.view()).toMatchObject({ kind: 'signed-out', problem: { code: 'not-signed-in' } })
    world.select(aMessage({ subject: 'another' }))
    await settled()
    expect(pane.view().kind).toBe('signed-out')
    world.answers = [stored()]
    await pane.signIn()
    await settled()
    expect(pane.view()).toMatchObject({ kind: 'stored', message: { subject: 'another' } })
  })

  it('keeps the message on show when the CRM cannot be asked, and asks again on demand', async () => {
    const world = new World()
    const pane = await started(world)
    world.answers = [problem('store-unavailable'), stored()]
    world.select(aMessage())
    await settled()
    expect(pane.view()).toMatchObject({
      kind: 'failed',
      again: 'read',
      message: { subject: 'Quote for 40 seats' },
      problem: { code: 'store-unavailable', requestId: 'req-1' },
    })
    pane.again('read')
    await settled()
    expect(pane.view().kind).toBe('stored')
  })

  it('logs again on demand when logging failed', async () => {
    const world = new World()
    const pane = await started(world)
    world.select(aMessage())
    await settled()
    world.answers = [problem('provider-unavailable'), stored()]
    await pane.log()
    expect(pane.view()).toMatchObject({ kind: 'failed', again: 'log' })
    pane.again('log')
    await settled()
    expect(pane.view().kind).toBe('stored')
    expect(world.logged).toHaveLength(2)
  })

  it('logs nothing when another message was opened meanwhile', async () => {
    const world = new World()
    const pane = await started(world)
    world.select(
      aMessage({
        readBodyHtml: async () => {
          throw new OfficeError('message-changed')
        },
      }),
    )
    await settled()
    await pane.log()
    expect(pane.view()).toMatchObject({
      kind: 'failed',
      again: 'read',
      problem: { code: 'message-changed' },
    })
    expect(world.logged).toEqual([])
  })

  it.each([
    [{ kind: 'draft' }, 'draft'],
    [{ kind: 'not-mail' }, 'not-mail'],
    [{ kind: 'none' }, 'no-item'],
  ] as const)('asks the CRM nothing about %j', async (item, kind) => {
    const world = new World()
    const pane = await started(world)
    world.select(item)
    await settled()
    expect(pane.view().kind).toBe(kind)
    expect(world.asked).toEqual([])
  })

  it('explains itself outside Outlook', async () => {
    const outlook = Promise.reject(new OfficeError('not-in-outlook'))
    const pane = new Pane({ ...new World().parts, outlook })
    await pane.start()
    expect(pane.view()).toMatchObject({
      kind: 'failed',
      again: 'reload',
      problem: { code: 'not-in-outlook' },
    })
  })

  it('starts again when its settings could not be had', async () => {
    const world = new World()
    let tries = 0
    const connect = async () => {
      if (tries++ === 0) throw problem('network')
      return world.parts.connect()
    }
    const pane = new Pane({ ...world.parts, connect })
    await pane.start()
    expect(pane.view()).toMatchObject({ kind: 'failed', again: 'start' })
    pane.again('start')
    await settled()
    expect(pane.view().kind).toBe('no-item')
  })

  it('stops listening when it is closed', async () => {
    const world = new World()
    const pane = await started(world)
    pane.stop()
    expect(world.listener).toBeNull()
  })
})
