import { afterEach, describe, expect, it } from '@jest/globals'
import { letPromisesRun, VirtualClock } from '../../../../sandbox/clock.ts'
import { MailboxGate } from '../../../../webhook/provider/graph/mailbox-gate.ts'
import { parseRetryAfter } from '../../../../webhook/provider/graph/retry-after.ts'
import { NOW } from '../../../support/builders.ts'
import { aScriptedGraph, untilTheEnd, type ScriptedGraph } from './graphs.ts'

describe('Retry-After', () => {
  it.each([
    ['30', 30_000],
    ['1', 1_000],
    ['0', 0],
    ['0.5', 500],
    ['1.128', 1_128],
    [' 7 ', 7_000],
    ['1e9', 600_000],
    ['99999999999999999999', 600_000],
    ['Fri, 20 Nov 2026 09:00:45 GMT', 45_000],
    ['Sat, 20 Nov 2027 09:00:00 GMT', 600_000],
    ['Fri, 20 Nov 2026 08:59:59 GMT', null],
    ['-1', null],
    ['-Infinity', null],
    ['Infinity', null],
    ['NaN', null],
    ['soon', null],
    ['30 seconds', null],
    ['', null],
    ['  ', null],
    [null, null],
  ])('%j means %j ms', (given, ms) => {
    expect(parseRetryAfter(given, NOW)).toBe(ms)
  })
})

describe('the gate of a mailbox', () => {
  const aGate = () => {
    const clock = new VirtualClock()
    return { clock, gate: new MailboxGate({ clock, concurrency: 4 }) }
  }

  it('lets the longest refusal stand when several come', async () => {
    const { clock, gate } = aGate()
    gate.closeFor(30_000)
    gate.closeFor(5_000)
    await clock.advance(29_999)
    await expect(gate.pass(async () => 'in')).rejects.toMatchObject({ code: 'throttled' })
    await clock.advance(1)
    expect(await gate.pass(async () => 'in')).toBe('in')
  })

  it('gives its place free when a request fails, and when it was refused', async () => {
    const { clock, gate } = aGate()
    const fails = () => gate.pass(() => Promise.reject(new Error('broken')))
    for (let n = 0; n < 9; n++) await expect(fails()).rejects.toThrow('broken')
    gate.closeFor(1_000)
    for (let n = 0; n < 9; n++) await expect(fails()).rejects.toMatchObject({ code: 'throttled' })
    await clock.advance(1_000)
    expect(await gate.pass(async () => 'in')).toBe('in')
  })

  it('refuses those who waited while it closed', async () => {
    const { gate } = aGate()
    let open = () => undefined as void
    const slow = new Promise<void>((resolve) => (open = resolve))
    const running = Array.from({ length: 4 }, () => gate.pass(() => slow))
    const refused = expect(gate.pass(async () => 'in')).rejects.toMatchObject({ code: 'throttled' })
    await letPromisesRun()
    gate.closeFor(1_000)
    open()
    await Promise.all(running)
    await refused
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
