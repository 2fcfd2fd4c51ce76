import { cleanup, configure, render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { App } from '../../../console/app.tsx'
import { FakeService } from './fake-service.ts'

configure({
  // A machine that is busy must not look like a page that is wrong.
  asyncUtilTimeout: 10_000,
  // jsdom lays nothing out, so Fluent's focus keeper leaves the page marked as hidden after a dialog;
  // in a browser it does not. What is really hidden is a question for the browser tests.
  defaultHidden: true,
})

/** The console in a page, talking to a service of its own; closed again at the end of the block. */
export async function openConsole(set: (service: FakeService) => void, address = '/') {
  const service = new FakeService()
  await service.start()
  set(service)
  history.replaceState(null, '', address)
  render(<App baseUrl={service.url} />)
  return {
    service,
    user: userEvent.setup({ pointerEventsCheck: 0 }),
    async [Symbol.asyncDispose]() {
      cleanup()
      await service[Symbol.asyncDispose]()
    },
  }
}
