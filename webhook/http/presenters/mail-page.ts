import { createHash } from 'node:crypto'
import type { Response } from 'express'
import type { Shown } from '../../html/cleaner.ts'
import { htmlOfText } from '../../html/text.ts'

/** Mails are written for white paper, in any theme. */
const STYLE = `
:root { color-scheme: light; background: #fff; color: #1b1a19; font: 14px/1.45 'Segoe UI', system-ui, sans-serif; }
body { margin: 16px; overflow-wrap: break-word; }
a { color: #0f548c; }
pre { white-space: pre-wrap; }
img { max-width: 100%; }
img:not([src]) { outline: 1px dashed #8a8886; }
`

/**
 * The body of a mail as a page for a frame of our own. Cleaning has left nothing that could act; should anything have come
 * through all the same, this page may neither run, send, frame nor load it (reliability F2).
 */
export function sendMailPage(response: Response, shown: Shown, remote: 'block' | 'show'): void {
  response.set({
    'Content-Security-Policy': contentSecurityPolicy(remote),
    'X-Frame-Options': 'SAMEORIGIN',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  })
  response.type('html').send(mailPage(shown))
}

function contentSecurityPolicy(remote: 'block' | 'show'): string {
  const ownStyle = createHash('sha256').update(STYLE).digest('base64')
  return [
    "default-src 'none'",
    `img-src 'self' data:${remote === 'show' ? ' https:' : ''}`,
    `style-src-elem 'sha256-${ownStyle}'`,
    "style-src-attr 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    // Without scripts, sharing our origin gives a mail nothing; its own pictures need the reader's session.
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ].join('; ')
}

function mailPage(shown: Shown): string {
  const blocked = shown.state === 'clean' ? shown.blockedRemote : 0
  const body = shown.state === 'clean' ? shown.html : `${NOT_SHOWN}<p>${htmlOfText(shown.text)}</p>`
  return `<!doctype html>
<html data-blocked-remote="${blocked}">
<head><meta charset="utf-8"><title>E-mail</title><style>${STYLE}</style></head>
<body>${body}</body>
</html>
`
}

const NOT_SHOWN =
  '<p><strong>This e-mail cannot be shown safely. Open it in Outlook.</strong> What could be read of its text:</p>'
