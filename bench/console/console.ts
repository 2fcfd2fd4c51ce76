import { buildPages } from '../../sandbox/build-pages.ts'
import { launchChromium } from '../../test/support/chromium.ts'
import { ROOT_KEY } from '../../test/support/keys.ts'
import { short, type Report, type Scale } from '../figures.ts'
import { DatabaseProcess } from '../support/database-process.ts'
import { ServiceProcess } from '../support/service-process.ts'
import { timed } from '../timed.ts'
import { showLiveMail } from './live.ts'
import { openConsole, walk, type LongList } from './long-list.ts'
import { weighScripts } from './scripts.ts'
import { fillWorkspace, nameOf, type Filled, type Sizes } from './seed.ts'

/** Faster than any person: the bench must not be asked to wait. It writes mail itself, and so needs to know the key. */
const SETTINGS = {
  API_REQUESTS_PER_MINUTE: '1000000',
  ROOT_KEY: ROOT_KEY.toString('base64'),
}
const SOME: Sizes = { contacts: 1_000, emails: 10_000 }
const MANY: Sizes = { contacts: 10_000, emails: 100_000 }
/** The stand-in holds all documents and the keys of all indexes in memory. */
const DATABASE_HEAP_MB = 4_096
const QUESTIONS = 100
/** Nobody loads more by hand. */
const MOST_PAGES = 100

/**
 * The console with many contacts, and a contact with many e-mails: how soon the service answers, and whether the page stays
 * quick as rows are added to those that are there.
 */
export async function benchConsole(report: Report, { full }: Scale): Promise<void> {
  const sizes = full ? MANY : SOME
  report.heading('The console')
  await buildPages(['console'])
  await using database = await DatabaseProcess.start({ heapMB: DATABASE_HEAP_MB })
  await using service = await ServiceProcess.start(database.url, SETTINGS)
  const filled = await fillWorkspace(service, database.url, sizes)
  await measureService(report, filled, sizes)

  await using browser = await launchChromium()
  const page = await openConsole(browser, service.url)
  const lists: Record<string, [LongList, number]> = {
    contacts: [
      { address: `${service.url}/contacts`, list: 'Contacts', more: 'Load more contacts' },
      sizes.contacts,
    ],
    conversations: [
      {
        address: `${service.url}/contacts/${filled.carol.id}`,
        list: 'Conversations',
        more: 'Load more e-mails',
      },
      sizes.emails,
    ],
  }
  for (const [name, [list, size]] of Object.entries(lists)) {
    const { rows, shownMs, openTaskMs, moreTaskMs } = await walk(page, list, MOST_PAGES)
    const of = short(size)
    report.figure(`console.${name}.rows.${of}`, rows, `rows on the page in the end`)
    report.spread(`console.${name}.more`, shownMs, { shares: ['p50', 'p95'], of })
    report.figure(`console.${name}.openTaskMs.${of}`, openTaskMs, 'ms, the longest task to open')
    report.figure(`console.${name}.moreTaskMs.${of}`, moreTaskMs, 'ms, the longest for more rows')
  }
  const { sharedKB, ownKB } = await weighScripts(page, service.url)
  report.figure(
    'console.scripts.shared.kB',
    sharedKB,
    'kB of scripts that every page loads, packed',
  )
  for (const [name, kB] of Object.entries(ownKB))
    report.figure(`console.scripts.${name}.kB`, kB, 'kB that the page has besides')
  report.spread('console.live', await showLiveMail(page, service), { shares: ['p50', 'max'] })
}

/** What the pages ask, over HTTP. */
async function measureService(report: Report, { alice, carol }: Filled, sizes: Sizes) {
  const ask = async (path: string) => void (await alice.json(path))
  const search = (number: number) => {
    const [first = ''] = nameOf(number).split(' ')
    return ask(`/api/v1/contacts?q=${first.toLowerCase()}`)
  }
  const path = `/api/v1/contacts/${carol.id}`
  const pages: Record<string, [(number: number) => Promise<unknown>, number]> = {
    list: [() => ask('/api/v1/contacts'), sizes.contacts],
    search: [search, sizes.contacts],
    searchAddress: [
      (number) => ask(`/api/v1/contacts?q=person-${number}@company-${number % 500}.example`),
      sizes.contacts,
    ],
    contactPage: [
      () => Promise.all(['', '/emails', '/stage'].map((part) => ask(path + part))),
      sizes.emails,
    ],
    timeline: [
      () => Promise.all(['/emails', '/notes', '/meetings'].map((part) => ask(path + part))),
      sizes.emails,
    ],
  }
  for (const [name, [one, size]] of Object.entries(pages)) {
    const { eachMs } = await timed(QUESTIONS, 1, one)
    report.spread(`console.${name}`, eachMs, { shares: ['p50', 'p95'], of: short(size) })
  }
}
