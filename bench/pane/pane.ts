import { buildPages } from '../../sandbox/build-pages.ts'
import { launchChromium } from '../../test/support/chromium.ts'
import type { Report } from '../figures.ts'
import { DatabaseProcess } from '../support/database-process.ts'
import { ServiceProcess } from '../support/service-process.ts'
import { measureFirstLoad } from './first-load.ts'
import { measureMemory } from './memory.ts'
import { OutlookPage } from './outlook-page.ts'
import { fillWithMail } from './mail.ts'
import { measureSwitches } from './switches.ts'
import { measureUsable } from './usable.ts'

/** Faster than any person: the bench must not be asked to wait. */
const HURRIED = { API_REQUESTS_PER_MINUTE: '100000' }

/**
 * The built task pane in Chromium, served by the service in a process of its own, beside the sandbox's Outlook: what it
 * fetches, how soon it is there, what it keeps.
 */
export async function benchPane(report: Report): Promise<void> {
  report.heading('The task pane')
  await buildPages(['addin'])
  await using database = await DatabaseProcess.start()
  await using service = await ServiceProcess.start(database.url, HURRIED)
  await fillWithMail(service, database.url)
  await using browser = await launchChromium()
  const outlook = await OutlookPage.open(browser, service.microsoft.urls.outlook)
  report.figure('pane.messages', outlook.messages.length, 'messages to go through')
  await measureFirstLoad(report, outlook)
  await measureUsable(report, outlook)
  await measureSwitches(report, outlook)
  await measureMemory(report, outlook)
}
