import { Environment, type About } from './environment.ts'

/** The text of `.env.example`: every variable with its sentence, defaults commented out. */
export function envExample(): string {
  const blocks = Object.entries(Environment.shape).map(([name, schema]) => {
    const { about, example, secret } = schema.meta() as About
    const fallback = schema.safeParse(undefined)
    const value = example ?? (fallback.success ? (fallback.data ?? '') : '')
    const line = fallback.success ? `#${name}=${String(value)}` : `${name}=${String(value)}`
    return `# ${about}${secret ? ' (secret)' : ''}\n${line}\n`
  })
  return `# FlowCRM for Outlook. Written by: npm run env:example\n\n${blocks.join('\n')}`
}
