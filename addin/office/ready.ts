import { OfficeError } from './errors.ts'

/** office.js never resolves `onReady` when it could not start (outlook-addin 4.1). */
export const READY_TIMEOUT_MS = 10_000

/** Resolves to Office once it runs inside Outlook; else rejects with the reason in words. */
export async function officeReady(
  office: typeof Office | undefined,
  timeoutMs: number = READY_TIMEOUT_MS,
): Promise<typeof Office> {
  if (!office) throw new OfficeError('outlook-silent')
  const { host } = await withDeadline(office.onReady(), timeoutMs)
  // Outside Office `onReady` resolves too, with null for the host.
  if (host !== office.HostType.Outlook) throw new OfficeError('not-in-outlook')
  return office
}

function withDeadline<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout>
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OfficeError('outlook-silent')), timeoutMs)
  })
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer))
}
