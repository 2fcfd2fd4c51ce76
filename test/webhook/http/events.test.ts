import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { LiveEvent } from '../../../models/wire/email.ts'
import { SECOND } from '../../../webhook/duration.ts'
import type { Browser } from './support/browser.ts'
import { startWorld, type World } from './support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const stored = (subject: string): LiveEvent => ({
  type: 'email-stored',
  email: {
    id: 'e1',
    subject,
    preview: 'first line\nsecond line',
    from: null,
    to: [],
    cc: [],
    sentAt: null,
    receivedAt: '2026-11-20T09:00:00.000Z',
    hasAttachments: false,
    visibility: 'full',
    threadId: null,
    sightings: [],
  },
})

/** An open stream of events, read as text. */
async function follow(browser: Browser) {
  const leave = new AbortController()
  const response = await browser.send('GET', '/api/v1/events', { signal: leave.signal })
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  let text = ''
  return {
    response,
    leave: () => leave.abort(),
    /** What has come, once it holds the words; everything, once the stream has ended. */
    until: async (words: string): Promise<string> => {
      while (!text.includes(words)) {
        const { value, done } = await reader.read()
        if (done) return text
        text += decoder.decode(value, { stream: true })
      }
      return text
    },
  }
}

const END = '\u0000never sent'

/** Real sockets take a few turns; nothing here waits for a clock. */
async function eventually(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000 && !isSo(); turn++)
    await new Promise((resolve) => setImmediate(resolve))
  expect(isSo()).toBe(true)
}

describe('following what happens', () => {
  it('is a stream that no proxy should keep', async () => {
    const stream = await follow(await world.signedIn('alice'))
    expect(Object.fromEntries(stream.response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    stream.leave()
  })

  it('brings each event by its name, as one line of JSON', async () => {
    const stream = await follow(await world.signedIn('alice'))
    await stream.until('still here')
    world.live.publish(stored('Hello'))
    const text = await stream.until('}\n\n')
    stream.leave()

    const [, event, data, ...rest] = text.trimEnd().split(/\n+/)
    expect(event).toBe('event: email-stored')
    expect(JSON.parse(data!.replace(/^data: /, ''))).toEqual(stored('Hello'))
    expect(rest).toEqual([])
  })

  it('says every fifteen seconds that it is still here', async () => {
    const stream = await follow(await world.signedIn('alice'))
    await stream.until(': still here\n\n')
    await eventually(() => world.clock.nextWakeAt() !== null)
    await world.clock.advance(15 * SECOND)
    expect(await stream.until(': still here\n\n: still here\n\n')).toBe(
      ': still here\n\n: still here\n\n',
    )
    stream.leave()
  })

  it('ends for who has signed out elsewhere', async () => {
    await using other = await startWorld()
    const browser = await other.signedIn('alice')
    const stream = await follow(browser)
    await stream.until('still here')
    await other.sessions.delete(browser.cookies.get('flowcrm-session')!)
    await eventually(() => other.clock.nextWakeAt() !== null)
    await other.clock.advance(15 * SECOND)
    expect(await stream.until(END)).toBe(': still here\n\n')
    expect((await browser.get('/api/v1/events')).status).toBe(401)
  })

  it('ends when the service stops, and forgets who listened', async () => {
    await using other = await startWorld()
    const stream = await follow(await other.signedIn('alice'))
    await stream.until('still here')
    other.stopping.abort()
    expect(await stream.until(END)).toBe(': still here\n\n')
    expect(other.live.listeners.size).toBe(0)
  })

  it('forgets who went away', async () => {
    await using other = await startWorld()
    const stream = await follow(await other.signedIn('alice'))
    await stream.until('still here')
    expect(other.live.listeners.size).toBe(1)
    stream.leave()
    await eventually(() => other.live.listeners.size === 0)
  })
})
