import {
  SyncTestEvent,
  type SyncTestResult,
  type SyncTestStepName,
} from '../../../models/wire/health/sync-test.ts'
import type { Browserless } from '../../../sandbox/browserless.ts'

/** A test as the console asks for it; the answer's stream, not yet read. */
export async function askForTest(browser: Browserless, mailboxId: string): Promise<Response> {
  const { csrfToken } = await browser.json<{ csrfToken: string }>('/api/v1/session')
  return browser.fetch(`/api/v1/mailboxes/${mailboxId}/test`, {
    method: 'POST',
    headers: { 'x-csrf-token': csrfToken },
  })
}

export function eventsIn(stream: string): SyncTestEvent[] {
  const blocks = stream.split('\n\n').filter(Boolean)
  return blocks.map((block) => {
    const [, type, data = ''] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? []
    const event = SyncTestEvent.parse(JSON.parse(data))
    if (event.type !== type) throw new Error(`${event.type} came under the name ${type}`)
    return event
  })
}

/** A whole test, read to its end. */
export async function test(browser: Browserless, mailboxId: string) {
  const events = eventsIn(await (await askForTest(browser, mailboxId)).text())
  const last = events.at(-1)
  if (last?.type !== 'finished') throw new Error(`it ended with ${JSON.stringify(last)}`)
  return { events, result: last.result, step: stepIn(last.result) }
}

const stepIn = (result: SyncTestResult) => (name: SyncTestStepName) =>
  result.steps.find(({ step }) => step === name)
