import { afterEach, describe, expect, it } from '@jest/globals'
import { letPromisesRun, VirtualClock } from '../../../../sandbox/clock.ts'
import { HOUR, MINUTE, SECOND } from '../../../../webhook/duration.ts'
import { MailboxGate } from '../../../../webhook/provider/graph/requests/mailbox-gate.ts'
import { MailboxGates } from '../../../../webhook/provider/graph/requests/mailbox-gates.ts'
import { aScriptedGraph, untilTheEnd, type ScriptedGraph } from './graphs.ts'

const partsOf = (clock: VirtualClock) => ({
  clock,
  concurrency: 4,
  requestsPer10Minutes: 10_000,
  random: () => 0.5,
  sharers: () => 1,
})

function aGate(over: Partial<ReturnType<typeof partsOf>> = {}) {
  const clock = new VirtualClock()
  return { clock, gate: new MailboxGate({ ...partsOf(clock), ...over }) }
}
const answered = (status: number, retryAfter?: string) => async () =>
  new Response(null, {
    status,
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  })
const fine = answered(200)
const throttled = { code: 'throttled', retry: 'later' }

describe('the gates of one mailbox in several instances', () => {
  it('have its places and its requests in ten minutes together', async () => {
    let sharers = 2
    const { gate } = aGate({ sharers: () => sharers, requestsPer10Minutes: 12 })
    let inFlight = 0
    let most = 0
    const request = async () => {
      most = Math.max(most, ++inFlight)
      await letPromisesRun()
      inFlight--
      return new Response()
    }
    const passing = (count: number) =>
      Promise.all(Array.from({ length: count }, () => gate.pass(request)))
    await passing(6)
    expect(most).toBe(2)
    await expect(gate.pass(request)).rejects.toMatchObject(throttled)
    sharers = 1
    await passing(6)
    expect(most).toBe(4)
    await expect(gate.pass(request)).rejects.toMatchObject(throttled)
  })

  it('leave one place to each, however many there are', async () => {
    const { gate } = aGate({ sharers: () => 9 })
    expect((await gate.pass(fine)).status).toBe(200)
  })
})

describe('the gate of a mailbox', () => {
  it('lets the longest refusal stand when several come', async () => {
    const { clock, gate } = aGate()
    await Promise.all([gate.pass(answered(429, '30')), gate.pass(answered(429, '5'))])
    await clock.advance(29_999)
    await expect(gate.pass(fine)).rejects.toMatchObject({
      ...throttled,
      details: { retryAfterMs: 1 },
    })
    await clock.advance(1)
    expect((await gate.pass(fine)).status).toBe(200)
  })

  it.each([503, 504])('closes for %i only where Graph says how long', async (status) => {
    const { clock, gate } = aGate()
    await gate.pass(answered(status))
    await gate.pass(answered(status, '20'))
    expect(gate.closedForMs()).toBe(20 * SECOND)
    await clock.advance(20 * SECOND)
    expect((await gate.pass(fine)).status).toBe(200)
  })

  it.each([200, 400, 404, 500, 502])('stays open after a %i, whatever it says', async (status) => {
    const { gate } = aGate()
    await gate.pass(answered(status, '20'))
    expect(gate.closedForMs()).toBe(0)
  })

  it('gives its place free when a request fails, and when it was refused', async () => {
    const { clock, gate } = aGate()
    const fails = () => gate.pass(() => Promise.reject(new Error('broken')))
    for (let n = 0; n < 9; n++) await expect(fails()).rejects.toThrow('broken')
    await gate.pass(answered(429, '1'))
    for (let n = 0; n < 9; n++) await expect(fails()).rejects.toMatchObject(throttled)
    await clock.advance(SECOND)
    expect((await gate.pass(fine)).status).toBe(200)
  })

  it('refuses those who waited while it closed', async () => {
    const { gate } = aGate()
    let open = () => undefined as void
    const slow = new Promise<void>((resolve) => (open = resolve))
    const running = Array.from({ length: 4 }, () => gate.pass(() => slow.then(answered(429, '1'))))
    const refused = expect(gate.pass(fine)).rejects.toMatchObject(throttled)
    await letPromisesRun()
    open()
    await Promise.all(running)
    await refused
  })

  it('lets go of those who give up waiting, and loses no place by it', async () => {
    const { gate } = aGate()
    let open = () => undefined as void
    const slow = new Promise<void>((resolve) => (open = resolve))
    const running = Array.from({ length: 4 }, () => gate.pass(() => slow.then(fine)))
    const stop = new AbortController()
    const waiting = gate.pass(fine, stop.signal)
    stop.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    open()
    await Promise.all(running)
    const again = await Promise.all(Array.from({ length: 8 }, () => gate.pass(fine)))
    expect(again.every(({ status }) => status === 200)).toBe(true)
  })
})

describe('a mailbox that is refused again and again', () => {
  const waits = async (answers: (string | undefined)[], random = () => 0) => {
    const { clock, gate } = aGate({ random })
    const closed: number[] = []
    for (const retryAfter of answers) {
      await gate.pass(answered(429, retryAfter))
      closed.push(gate.closedForMs())
      await clock.advance(gate.closedForMs())
    }
    return closed
  }

  it.each([undefined, '0', '-5', 'soon', '0.0'])(
    'without a word of when (%s) is left alone for twice as long each time, at most 10 minutes',
    async (retryAfter) => {
      const seconds = (await waits(Array<string | undefined>(12).fill(retryAfter))).map(
        (ms) => ms / SECOND,
      )
      expect(seconds).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600])
    },
  )

  it('is left alone for a time that differs by chance, so that not all come back at once', async () => {
    expect(await waits([undefined, undefined], () => 0.5)).toEqual([750, 1_500])
    expect(await waits([undefined, undefined], () => 0.999)).toEqual([501, 1_001])
  })

  it('is not trusted when it says 1 for ever', async () => {
    expect(await waits(['1', '1', '1', '1'])).toEqual([1_000, 2_000, 4_000, 8_000])
  })

  it('begins anew after an answer, and counts what was under way together once', async () => {
    const { clock, gate } = aGate({ random: () => 0 })
    await Promise.all(Array.from({ length: 4 }, () => gate.pass(answered(429))))
    expect(gate.closedForMs()).toBe(SECOND)
    await clock.advance(SECOND)
    await gate.pass(answered(404))
    await gate.pass(answered(429))
    expect(gate.closedForMs()).toBe(SECOND)
  })
})

describe('the budget of a mailbox', () => {
  it('is spent by no more than so many requests in any 10 minutes, however they come', async () => {
    const { clock, gate } = aGate({ requestsPer10Minutes: 100 })
    const made: number[] = []
    const ask = () =>
      gate.pass(async () => {
        made.push(clock.now().getTime())
        return fine()
      })
    for (let second = 0; second < 3_600; second += 2) {
      void ask().catch(() => undefined)
      await clock.advance(2 * SECOND, () => Promise.resolve())
    }
    const mostIn10Minutes = made.map(
      (at) => made.filter((other) => other >= at && other < at + 10 * MINUTE).length,
    )
    expect(Math.max(...mostIn10Minutes)).toBe(100)
    expect(made.length).toBeGreaterThan(500)
  })

  it('that is spent says when to come back, and asks nobody', async () => {
    const { gate } = aGate({ requestsPer10Minutes: 3 })
    for (let n = 0; n < 3; n++) await gate.pass(fine)
    let asked = false
    const refused = gate.pass(async () => {
      asked = true
      return fine()
    })
    await expect(refused).rejects.toMatchObject({
      ...throttled,
      details: { retryAfterMs: 10 * MINUTE + 10 * SECOND },
    })
    expect(asked).toBe(false)
  })

  it('is waited for when it is nearly there', async () => {
    const { clock, gate } = aGate({ requestsPer10Minutes: 1 })
    await gate.pass(fine)
    await clock.advance(10 * MINUTE)
    let status = 0
    const waiting = gate.pass(fine).then((response) => (status = response.status))
    await clock.advance(9_999)
    expect(status).toBe(0)
    await clock.advance(1)
    expect(await waiting).toBe(200)
  })
})

describe('the gates of many mailboxes', () => {
  it('are one for each, and forgotten when long unused; one that is in use is not', async () => {
    const clock = new VirtualClock()
    const gates = new MailboxGates(partsOf(clock))
    for (let n = 0; n < 1_000; n++) await gates.of(`mailbox ${n}`).pass(fine)
    let end = () => undefined as void
    const slow = new Promise<void>((resolve) => (end = resolve))
    const kept = gates.of('slow')
    const running = kept.pass(() => slow.then(fine))
    await clock.advance(HOUR)
    expect(gates.of('slow')).toBe(kept)
    expect(gates.size).toBe(1)
    end()
    await running
  })

  it('keep a closed one closed', async () => {
    const clock = new VirtualClock()
    const gates = new MailboxGates(partsOf(clock))
    await clock.advance(25 * MINUTE)
    await gates.of('alice').pass(answered(429, '600'))
    await clock.advance(6 * MINUTE)
    expect(gates.of('bob').closedForMs()).toBe(0)
    expect(gates.of('alice').closedForMs()).toBe(4 * MINUTE)
  })
})

describe('the requests for one mailbox', () => {
  let graph: ScriptedGraph | undefined
  afterEach(() => graph?.[Symbol.asyncDispose]())

  it('are at most four at a time, whoever asks, and another mailbox has four of its own', async () => {
    const inFlight = new Map<string, number>()
    let most = 0
    let release = () => undefined as void
    const held = new Promise<void>((resolve) => (release = resolve))
    graph = await aScriptedGraph(async ({ headers }) => {
      const who = String(headers.authorization)
      inFlight.set(who, (inFlight.get(who) ?? 0) + 1)
      most = Math.max(most, ...inFlight.values())
      await held
      inFlight.set(who, inFlight.get(who)! - 1)
      return { body: { id: 'x', displayName: 'X', mail: 'x@flow.example' } }
    })
    const { of, asked } = graph
    const asking = ['alice', 'bob'].flatMap((user) =>
      Array.from({ length: 20 }, () => of(user).account(untilTheEnd)),
    )
    while (asked.length < 8) await new Promise((resolve) => setImmediate(resolve))
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect([...inFlight.values()]).toEqual([4, 4])
    release()
    await Promise.all(asking)
    expect(most).toBe(4)
    expect(asked).toHaveLength(40)
  })
})
