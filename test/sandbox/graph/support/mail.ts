type MailOptions = {
  id?: string
  from?: string
  to?: string
  subject?: string
  text?: string
  html?: string
  headers?: readonly string[]
}

/** A mail as it comes over the wire. */
export function aMail({
  id = 'hello@customer.test',
  from = 'Grace Hopper <grace@customer.test>',
  to = 'Ada <ada@flow.test>',
  ...rest
}: MailOptions = {}): Uint8Array {
  const { subject = 'Hello', text = 'Good morning', html, headers = [] } = rest
  return Buffer.from(
    [
      `From: ${from}`,
      `To: ${to}`,
      `Subject: ${subject}`,
      `Message-ID: <${id}>`,
      'Date: Fri, 20 Nov 2026 08:59:30 +0000',
      ...headers,
      'MIME-Version: 1.0',
      `Content-Type: text/${html === undefined ? 'plain' : 'html'}; charset=utf-8`,
      '',
      html ?? text,
      '',
    ].join('\r\n'),
  )
}

export type Part = { headers: readonly string[]; body: string }

/** A mail of several parts. */
export function aMultipart(
  parts: readonly Part[],
  { kind = 'mixed', headers = [] as readonly string[] } = {},
): Uint8Array {
  const head = [
    'From: Grace Hopper <grace@customer.test>',
    'To: Ada <ada@flow.test>',
    'Subject: Parts',
    'Message-ID: <parts@customer.test>',
    ...headers,
    `Content-Type: multipart/${kind}; boundary="cut"`,
    '',
    '',
  ]
  const pieces = parts.map(
    ({ headers: lines, body }) => `--cut\r\n${lines.join('\r\n')}\r\n\r\n${body}\r\n`,
  )
  return Buffer.from(`${head.join('\r\n')}${pieces.join('')}--cut--\r\n`)
}

export const textPart = (text: string): Part => ({
  headers: ['Content-Type: text/plain; charset=utf-8'],
  body: text,
})

export const htmlPart = (html: string): Part => ({
  headers: ['Content-Type: text/html; charset=utf-8'],
  body: html,
})

export const filePart = (
  name: string,
  content: string | Uint8Array,
  extra: readonly string[] = [],
): Part => ({
  headers: [
    'Content-Type: application/pdf',
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    ...extra,
  ],
  body: Buffer.from(content).toString('base64'),
})
