import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Pictures } from '../webhook/html/addresses.ts'
import { clean } from '../webhook/html/clean.ts'
import { HtmlCleaner, threadOf } from '../webhook/html/cleaner.ts'
import type { Report } from './figures.ts'
import { timed } from './timed.ts'

const PICTURES: Pictures = { remote: 'block', inlineAt: '/own/', ownHost: 'crm.test' }
const MAILS = 400
const BOMBS = 4

/** What showing a mail costs, and what a hostile one costs everybody else. */
export async function benchHtml(report: Report): Promise<void> {
  report.heading('Cleaning the HTML of a mail (webhook/html)')
  const mail = newsletter()
  report.figure('html.mailKb', mail.length / 1_000, 'kB')
  for (let at = 0; at < 50; at++) clean(mail, PICTURES)
  const begun = performance.now()
  for (let at = 0; at < MAILS; at++) clean(mail, PICTURES)
  report.figure('html.cleanMs', (performance.now() - begun) / MAILS, 'ms')

  const cleaner = new HtmlCleaner({
    startThread: () => threadOf(path.resolve('webhook/html/worker.ts')),
    onWithheld: () => undefined,
    onThreadFailed: () => undefined,
  })
  await timed(50, 2, () => cleaner.clean(mail, PICTURES))
  const { eachMs, totalMs } = await timed(MAILS, 2, () => cleaner.clean(mail, PICTURES))
  report.figure('html.perS', (MAILS * 1_000) / totalMs, 'mails per second, two threads')
  report.spread('html.thread', eachMs)

  const lag = monitorEventLoopDelay({ resolution: 1 })
  const nested = '<span>'.repeat(900_000)
  lag.enable()
  await timed(BOMBS, 2, () => cleaner.clean(nested, PICTURES))
  lag.disable()
  report.figure('html.bombLag.p99Ms', lag.percentile(99) / 1e6, 'ms the service was held up')
  await cleaner.close()
}

/** As newsletters are: tables in tables, styles on each cell, pictures from elsewhere. */
function newsletter(): string {
  const cell = (at: number) =>
    `<tr><td align="center" bgcolor="#ffffff" style="padding:24px 12px;font-family:'Segoe UI',Arial,sans-serif;font-size:14px;color:#333333;border-bottom:1px solid rgb(204, 204, 204)"><img src="https://cdn.test/${at}.png" width="552" alt="Beans ${at}" style="display:block;max-width:100%"><p style="margin:0 0 12px 0">Coffee of week ${at}: <a href="https://shop.test/${at}?utm_source=mail&amp;utm_campaign=${at}" style="color:#0f548c;text-decoration:underline">order it now</a>, roasted on Monday.</p></td></tr>`
  const rows = Array.from({ length: 31 }, (_, at) => cell(at)).join('')
  return `<html><head><style>.x{color:red}</style></head><body><table width="100%"><tr><td><table width="600" cellpadding="0" cellspacing="0">${rows}</table></td></tr></table></body></html>`
}
