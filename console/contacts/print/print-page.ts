import type { EmailDetail } from '../../../models/wire/email-detail.ts'
import type { Party } from '../../../models/wire/email.ts'
import type { WholeEmail } from './use-whole-thread.ts'

/** White paper, as the frame of a mail is; a mail's head stays with its first lines. */
const RULES = [
  ":root { color-scheme: light; background: #fff; color: #1b1a19; font: 14px/1.45 'Segoe UI', system-ui, sans-serif; }",
  'body { margin: 16px; overflow-wrap: break-word; }',
  'h1 { margin: 0 0 16px; font-size: 20px; }',
  'article + article { margin-top: 16px; padding-top: 16px; border-top: 1px solid #8a8886; }',
  'dl { display: grid; grid-template-columns: 5em minmax(0, 1fr); margin: 0 0 12px; break-inside: avoid; break-after: avoid; }',
  'dt { color: #605e5c; }',
  'dd { margin: 0; overflow-wrap: anywhere; }',
  'a { color: #0f548c; }',
  'pre { white-space: pre-wrap; }',
  'img { max-width: 100%; }',
  '@media print { body { margin: 0; } }',
]

export type PrintedThread = { subject: string; emails: readonly WholeEmail[] }

/** Writes a conversation into an empty document: its subject, and of each e-mail who, when and what. */
export function writePage(page: Document, { subject, emails }: PrintedThread): void {
  page.title = subject || 'No subject'
  const style = page.head.appendChild(page.createElement('style'))
  for (const rule of RULES) style.sheet?.insertRule(rule)
  const title = element(page, 'h1', subject || 'No subject')
  page.body.replaceChildren(title, ...emails.map((each) => articleOf(page, each)))
}

function articleOf(page: Document, { email, page: html, withheld }: WholeEmail): HTMLElement {
  const article = page.createElement('article')
  article.append(headOf(page, email))
  if (html === null) article.append(element(page, 'p', withheld))
  else article.append(...cleanedNodes(page, html))
  return article
}

function headOf(page: Document, email: EmailDetail): HTMLElement {
  const { from, to, cc, subject, sentAt, receivedAt } = email
  const lines: [string, string][] = [
    ['From', from ? inWords(from) : 'Unknown sender'],
    ['To', to.map(inWords).join(', ')],
    ['Cc', cc.map(inWords).join(', ')],
    ['Date', new Date(sentAt ?? receivedAt).toLocaleString()],
    ['Subject', subject],
  ]
  const head = page.createElement('dl')
  for (const [label, text] of lines)
    if (text !== '') head.append(element(page, 'dt', label), element(page, 'dd', text))
  return head
}

/**
 * What the service has cleaned, as nodes of the page. Styles are set by script: the console's own policy, which holds in this
 * frame too, lets no document bring its own.
 */
function cleanedNodes(page: Document, html: string): Node[] {
  const { body } = new DOMParser().parseFromString(withoutStyles(bodyOf(html)), 'text/html')
  for (const styled of body.querySelectorAll<HTMLElement>(`[${STYLE}]`)) {
    const css = styled.getAttribute(STYLE) ?? ''
    styled.removeAttribute(STYLE)
    styled.style.cssText = css
  }
  return [...body.childNodes].map((node) => page.adoptNode(node))
}

const bodyOf = (html: string): string =>
  html.slice(html.indexOf(BODY) + BODY.length, html.lastIndexOf('</body>'))

const BODY = '<body>'
const STYLE = 'data-style'

/** A `<` in a cleaned page begins a tag: in texts and values it is written otherwise. */
const withoutStyles = (html: string): string =>
  html.replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/ style="/g, ` ${STYLE}="`))

function element(page: Document, tag: string, text: string): HTMLElement {
  const made = page.createElement(tag)
  made.textContent = text
  made.dir = 'auto'
  return made
}

const inWords = ({ name, address }: Party): string =>
  name && name !== address ? `${name} <${address}>` : address
