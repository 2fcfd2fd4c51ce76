import type { Canaries } from '../support/canaries.ts'

const word = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** A mail in which every field that people fill sings. */
export function canaryMail(nest: Canaries, to: string): Buffer {
  const party = (kind: string) => `${word(nest.text(`${kind}-name`))} <${nest.address(kind)}>`
  return Buffer.from(
    [
      `From: ${party('from')}`,
      `To: <${to}>, ${party('to')}`,
      `Cc: ${party('cc')}`,
      `Reply-To: ${party('reply')}`,
      `Subject: ${word(`${nest.text('subject')}\u001b[31m`)}`,
      `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <${nest.address('message-id')}>`,
      `References: <${nest.address('reference')}>`,
      `X-Note: ${nest.word('header')}`,
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      base64(`<p>${nest.text('body')}</p>`),
      '--b',
      `Content-Type: application/pdf`,
      `Content-Disposition: attachment; filename="${nest.word('file')}.pdf"`,
      'Content-Transfer-Encoding: base64',
      '',
      base64(nest.text('content')),
      '--b--',
      '',
    ].join('\r\n'),
  )
}
