import { officeErrorOf } from './errors.ts'

/** Asynchronous calls Outlook takes at once on web, new Outlook and mobile (outlook-addin 2.8). */
export const MAX_CALLS_IN_FLIGHT = 3

/** Starts one Office.js call; `done` is the callback to hand it. */
export type OfficeStart<T> = (done: (result: Office.AsyncResult<T>) => void) => void

/** Turns Office.js callbacks into promises with typed errors. */
export type OfficeCall = <T>(start: OfficeStart<T>) => Promise<T>

/** One queue for the whole pane: calls beyond the third wait their turn, first come first served. */
export function createOfficeCall(office: Pick<typeof Office, 'AsyncResultStatus'>): OfficeCall {
  const waiting: (() => void)[] = []
  let inFlight = 0

  const takeSlot = () =>
    new Promise<void>((resolve) => {
      if (inFlight++ < MAX_CALLS_IN_FLIGHT) resolve()
      else waiting.push(resolve)
    })
  const freeSlot = () => {
    inFlight--
    waiting.shift()?.()
  }
  return async (start) => {
    await takeSlot()
    try {
      return await promised(start, office.AsyncResultStatus.Succeeded)
    } finally {
      freeSlot()
    }
  }
}

function promised<T>(start: OfficeStart<T>, succeeded: Office.AsyncResultStatus): Promise<T> {
  return new Promise((resolve, reject) => {
    start((result) => {
      if (result.status === succeeded) resolve(result.value)
      else reject(officeErrorOf(result.error.code))
    })
  })
}
