import type { Random } from '../../random.ts'

/** A short mail from a made-up customer, for a twin that was given no better writer. */
export function plainMail(to: string, random: Random, now: Date): Uint8Array {
  const order = random.between(1_000, 9_999)
  const lines = [
    'From: Nora Novak <nora@novak-coffee.test>',
    `To: ${to}`,
    `Subject: About order ${order}`,
    `Message-ID: <${random.guid()}@novak-coffee.test>`,
    `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Hello,',
    '',
    `could you tell me when order ${order} will arrive?`,
    '',
    'Nora',
    '',
  ]
  return Buffer.from(lines.join('\r\n'))
}
