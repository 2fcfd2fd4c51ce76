import { describe, expect, it } from '@jest/globals'
import { SignInError } from '../../../addin/auth/refusal.ts'
import { OfficeError } from '../../../addin/office/errors.ts'
import { Pane } from '../../../addin/taskpane/pane/pane.ts'
import type { MessageState } from '../../../models/wire/pane/look.ts'
import { aMessage, notLogged, problem, stored, World } from '../support/fake-crm.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

/** Of the message on show. */
const stateOf = (pane: Pane) => {
  const view = pane.view()
  return view.kind === 'shown' ? view.look.message.state : view.kind
}

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
    expect(stateOf(pane)).toBe('not-logged')
    expect(world.asked).toEqual([
      {
        itemId: 'AAMk-1',
        internetMessageId: '<1@fabrikam.test>',
        mailboxAddress: 'alice@contoso.test',
        from: { name: 'Dora', address: 'dora@fabrikam.test' },
        to: [{ name: 'Alice', address: 'alice@contoso.test' }],
        cc: [],
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
    expect(pane.view()).toMatchObject({ kind: 'shown', doing: 'logging' })
    await logging
    expect(pane.view()).toMatchObject({ kind: 'shown', doing: 'nothing', justLogged: true })
    expect(stateOf(pane)).toBe('stored')
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
    let answerLate = (_status: MessageState) => {}
    world.answers = [
      new Promise<MessageState>((resolve) => (answerLate = resolve)),
      { state: 'not-logged' },
    ]
    world.select(aMessage({ subject: 'first' }))
    await settled()
    world.select(aMessage({ subject: 'second' }))
    await settled()
    answerLate(stored())
    await settled()
    expect(pane.view()).toMatchObject({
      kind: 'shown',
      message: { subject: 'second' },
      look: { message: { state: 'not-logged' } },
    })
  })

  it('shows a message that was open before at once, and asks about it again behind', async () => {
    const world = new World()
    const pane = await started(world)
    const [one, two] = [aMessage({ itemId: 'A' }), aMessage({ itemId: 'B' })]
    world.answers = [stored(), notLogged, stored()]
    world.select(one)
    await settled()
    world.select(two)
    await settled()
    world.select(one)
    expect(stateOf(pane)).toBe('stored')
    await settled()
    expect(world.asked.map(({ itemId }) => itemId)).toEqual(['A', 'B', 'A'])
  })

  it('keeps what it knows on show when the CRM cannot be asked again', async () => {
    const world = new World()
    const pane = await started(world)
    world.answers = [stored(), problem('network')]
    world.select(aMessage())
    await settled()
    world.select(aMessage())
    await settled()
    expect(pane.view()).toMatchObject({ trouble: { again: 'read', problem: { code: 'network' } } })
    expect(stateOf(pane)).toBe('stored')
  })

  it('keeps an answer that comes too late for when its message is opened again', async () => {
    const world = new World()
    const pane = await started(world)
    let answerLate = (_state: MessageState) => {}
    world.answers = [new Promise<MessageState>((resolve) => (answerLate = resolve)), notLogged]
    world.select(aMessage({ itemId: 'A' }))
    await settled()
    world.select(aMessage({ itemId: 'B' }))
    await settled()
    answerLate(stored())
    await settled()
    expect(stateOf(pane)).toBe('not-logged')
    world.select(aMessage({ itemId: 'A' }))
    expect(stateOf(pane)).toBe('stored')
  })

  it('takes contacts that were not chosen off the e-mail, and tries that again after a failure', async () => {
    const world = new World()
    const pane = await started(world)
    world.select(aMessage())
    await settled()
    world.answers = [problem('network'), stored()]
    const pins = [{ contactId: 'c2', belongs: false }]
    await pane.log({ pins })
    pane.again('log')
    await settled()
    expect(world.logged.map((request) => request.pins)).toEqual([pins, pins])
  })

  it('does not say that logging failed when only the look after it did', async () => {
    const world = new World()
    const pane = await started(world)
    world.select(aMessage())
    await settled()
    world.answers = [stored(), problem('network')]
    await pane.log()
    expect(stateOf(pane)).toBe('stored')
    expect(pane.view()).toMatchObject({ trouble: { again: 'read' } })
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
    expect(stateOf(pane)).toBe('not-logged')
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
    expect(pane.view()).toMatchObject({ kind: 'shown', message: { subject: 'another' } })
    expect(stateOf(pane)).toBe('stored')
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
    expect(stateOf(pane)).toBe('stored')
  })

  it('logs again on demand when logging failed', async () => {
    const world = new World()
    const pane = await started(world)
    world.select(aMessage())
    await settled()
    world.answers = [problem('provider-unavailable'), stored()]
    await pane.log()
    expect(pane.view()).toMatchObject({ kind: 'shown', trouble: { again: 'log' } })
    pane.again('log')
    await settled()
    expect(stateOf(pane)).toBe('stored')
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
      kind: 'shown',
      trouble: { again: 'read', problem: { code: 'message-changed' } },
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
