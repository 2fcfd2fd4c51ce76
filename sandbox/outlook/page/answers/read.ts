import type { Answers, Asked, Open, Scene, Value } from './asked.ts'
import { Refusal } from './refusal.ts'

type Told = {
  'body.getAsync': Value<Office.Body['getAsync']>
  getAllInternetHeadersAsync: Value<Office.MessageRead['getAllInternetHeadersAsync']>
  displayReplyForm: void
}

/** Over what the service takes (1,000,000 characters). */
const HUGE_CHARS = 1_100_000

/** What can be asked of something that is read. */
export const readAnswers: Answers<Exclude<Open, { kind: 'draft' }>, Told> = {
  'body.getAsync': ({ open, scene, args: [coercion] }) => {
    refuseWithoutRights(scene)
    if (scene.faults.body === 'huge') return 'x'.repeat(HUGE_CHARS)
    const html = open.kind === 'message' ? open.mail.bodyHtml : ''
    return coercion === 'text' ? textOf(html) : html
  },
  getAllInternetHeadersAsync: ({ open, scene }) => {
    refuseWithoutRights(scene)
    const headers = open.kind === 'message' ? (open.mail.headers ?? []) : []
    return headers.map(({ name, value }) => `${name}: ${value}`).join('\r\n')
  },
  displayReplyForm: ({ open, scene, args }: Asked<Exclude<Open, { kind: 'draft' }>>) =>
    scene.page.reply(open.id, args[0]),
}

function refuseWithoutRights({ faults, shared }: Scene): void {
  const mayRead = !shared || faults.sharedRights !== 'none'
  if (faults.body === 'protected' || !mayRead) throw new Refusal('InsufficientItemPermissionsError')
}

/** Text as the web client gives it: near enough, and never the same as elsewhere (outlook-addin 2.2). */
export const textOf = (html: string) =>
  html
    .replace(/<br\s*\/?>|<\/(p|div)>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
