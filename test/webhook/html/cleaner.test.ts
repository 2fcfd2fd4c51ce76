import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from '@jest/globals'
import type { Pictures } from '../../../webhook/html/addresses.ts'
import { clean } from '../../../webhook/html/clean.ts'
import { HtmlCleaner, threadOf, type CleanerParts } from '../../../webhook/html/cleaner.ts'
import { bombs } from './bombs.ts'

const PICTURES: Pictures = { remote: 'block', inlineAt: '/own/', ownHost: 'x' }
const MAIL = '<p onclick="alert(1)">Good <img src="cid:a"> <b>morning</b></p>'

const open: HtmlCleaner[] = []
afterEach(() => Promise.all(open.splice(0).map((cleaner) => cleaner.close())))

/** A cleaner with what it told, and how many threads it has started. */
function aCleaner(startThread: CleanerParts['startThread'], deadlineMs?: number) {
  const told: string[] = []
  const failures: string[] = []
  let started = 0
  const cleaner = new HtmlCleaner({
    startThread: () => {
      started++
      return startThread()
    },
    onWithheld: (why) => told.push(why),
    onThreadFailed: (error) => failures.push(String(error)),
    ...(deadlineMs !== undefined && { deadlineMs }),
  })
  open.push(cleaner)
  return { cleaner, told, failures, started: () => started }
}

const realThread = () => threadOf(path.resolve('webhook/html/worker.ts'))
/** A thread that is ready and does this with a mail. */
const threadThat =
  (does: string, before = "parentPort.postMessage('ready')") =>
  () =>
    new Worker(
      `const { parentPort } = require('node:worker_threads')
     parentPort.on('message', (job) => { ${does} })
     ${before}`,
      { eval: true, resourceLimits: { maxOldGenerationSizeMb: 24 } },
    )

const ENDLESS = 'for (;;);'
const WITHHELD = { state: 'withheld', text: 'Good morning' }

describe('a mail in a thread of its own', () => {
  it('is cleaned as it would be here, by two threads however many mails there are', async () => {
    const { cleaner, told, started } = aCleaner(realThread)
    const mails = Array.from({ length: 20 }, (_, at) => `${MAIL}<i>${at}</i>`)
    const shown = await Promise.all(mails.map((mail) => cleaner.clean(mail, PICTURES)))
    expect(shown).toEqual(mails.map((mail) => ({ state: 'clean', ...clean(mail, PICTURES) })))
    expect(started()).toBe(2)
    expect(told).toEqual([])
  })

  it('that is a bomb is shown or withheld in the end, and the next one is shown (F3)', async () => {
    const { cleaner } = aCleaner(realThread, 600) // less than they get, so that the test is short
    const ends = await Promise.all(
      Object.entries(bombs()).map(async ([name, html]) => {
        const { state } = await cleaner.clean(html, PICTURES)
        return { name, state }
      }),
    )
    expect(ends.filter(({ state }) => state !== 'clean' && state !== 'withheld')).toEqual([])
    expect(ends.find(({ name }) => name === '10 MB of HTML')).toMatchObject({ state: 'withheld' })
    expect(await cleaner.clean(MAIL, PICTURES)).toMatchObject({ state: 'clean' })
  })

  it('that takes too long is withheld, the thread is ended and another one takes its place', async () => {
    const { cleaner, told, started } = aCleaner(threadThat(ENDLESS), 50)
    expect(await cleaner.clean(MAIL, PICTURES)).toEqual({ ...WITHHELD, why: 'took-too-long' })
    expect(await cleaner.clean(MAIL, PICTURES)).toMatchObject(WITHHELD)
    expect(started()).toBe(2)
    expect(told).toEqual(['took-too-long', 'took-too-long'])
  })

  it('holds up nothing else meanwhile', async () => {
    const { cleaner } = aCleaner(threadThat(ENDLESS), 300)
    let turns = 0
    const cleaning = cleaner.clean(MAIL, PICTURES).then(() => 'done')
    while ((await Promise.race([cleaning, sleep(1)])) !== 'done') turns++
    expect(turns).toBeGreaterThan(20) // of up to 300; none if it were done here
  })

  it.each([
    ['takes too much memory', 'const all = []; for (;;) all.push(new Array(1e5).fill(job))'],
    ['makes the thread fail', 'throw new Error("no")'],
    ['makes the thread leave', 'process.exit(1)'],
    ['cannot be cleaned', 'parentPort.postMessage(null)'],
  ])('that %s is withheld with its text', async (_name, does) => {
    const { cleaner, told } = aCleaner(threadThat(does))
    expect(await cleaner.clean(MAIL, PICTURES)).toEqual({ ...WITHHELD, why: 'gave-up' })
    expect(told).toEqual(['gave-up'])
  })

  it('is withheld when no thread can be started, and that is told', async () => {
    const { cleaner, failures } = aCleaner(threadThat('', 'throw new Error("not built")'))
    expect(await cleaner.clean(MAIL, PICTURES)).toEqual({ ...WITHHELD, why: 'gave-up' })
    expect(failures).toEqual([expect.stringContaining('not built')])
  })

  it('is withheld at once when too many wait already', async () => {
    const { cleaner, told } = aCleaner(threadThat(ENDLESS), 20)
    const many = Array.from({ length: 103 }, () => cleaner.clean(MAIL, PICTURES))
    expect(await many.at(-1)).toEqual({ ...WITHHELD, why: 'too-many' })
    await cleaner.close()
    expect(told[0]).toBe('too-many')
    await Promise.all(many)
  })

  it('that is larger than anybody would look at is not even tried', async () => {
    const { cleaner, started } = aCleaner(realThread)
    const mail = MAIL + ' '.repeat(6_000_000)
    expect(await cleaner.clean(mail, PICTURES)).toEqual({ ...WITHHELD, why: 'too-large' })
    expect(started()).toBe(0)
  })
})
