import { restartWithExtraCa } from '../../webhook/extra-ca.ts'

/** A process that starts as the service does, then asks one URL and prints what came of it. */
if (!restartWithExtraCa(process.env)) {
  const answer = await fetch(process.env['ASK_URL'] ?? '').then(
    ({ status }) => `answered ${status}`,
    (error: unknown) => `refused ${String((error as { cause?: { code?: string } }).cause?.code)}`,
  )
  process.stdout.write(`${answer}\n`)
}
