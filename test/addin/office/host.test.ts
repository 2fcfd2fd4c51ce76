import { describe, expect, it } from '@jest/globals'
import { createOfficeCall, MAX_CALLS_IN_FLIGHT } from '../../../addin/office/host.ts'
import { FakeOffice, refuse, succeed } from '../support/fake-office.ts'

const newCall = () => createOfficeCall(new FakeOffice().office)

describe('a call to Office.js', () => {
  it('resolves to the value of its callback', async () => {
    await expect(newCall()<string>((done) => done(succeed('<p>Hi</p>')))).resolves.toBe('<p>Hi</p>')
  })

  it.each([
    [9016, 'outlook-permission'],
    [9041, 'outlook-network'],
    [5001, 'outlook-failed'],
  ])('turns Outlook error %i into %s, and keeps the number for support', async (hostCode, code) => {
    const call = newCall()((done) => done(refuse(hostCode)))
    await expect(call).rejects.toMatchObject({ name: 'OfficeError', code, hostCode })
  })

  it('lets three run at once, and the others in order after them', async () => {
    const call = newCall()
    const started: number[] = []
    const finish: (() => void)[] = []
    const all = [0, 1, 2, 3, 4].map((n) =>
      call<number>((done) => {
        started.push(n)
        finish[n] = () => done(succeed(n))
      }),
    )
    await settled()
    expect(started).toEqual([0, 1, 2])
    expect(started).toHaveLength(MAX_CALLS_IN_FLIGHT)
    finish[1]?.()
    await all[1]
    await settled()
    expect(started).toEqual([0, 1, 2, 3])
    finish[0]?.()
    await all[0]
    await settled()
    expect(started).toEqual([0, 1, 2, 3, 4])
  })

  it('gives its place back when Outlook throws', async () => {
    const call = newCall()
    const failing = Array.from({ length: 4 }, () =>
      call(() => {
        throw new Error('no such method')
      }),
    )
    expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(
      Array(4).fill('rejected'),
    )
    await expect(call<string>((done) => done(succeed('still works')))).resolves.toBe('still works')
  })
})

const settled = () => new Promise((resolve) => setImmediate(resolve))
