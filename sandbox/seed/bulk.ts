const topics = ['Delivery', 'Invoice', 'Beans', 'Service visit', 'Offer', 'Filters', 'A question']
const MINUTE_MS = 60_000

/**
 * A small valid mail of its own for each `index` (0 and up), a minute older with each: cheap enough for 200,000.
 * The same arguments give the same bytes.
 */
export function bulkMime(index: number, to: string, now: Date): Uint8Array {
  const from = `customer${index % 997}@bulk${index % 37}.test`
  const date = new Date(now.getTime() - index * MINUTE_MS).toUTCString().replace('GMT', '+0000')
  return Buffer.from(
    `From: Customer ${index % 997} <${from}>\r\nTo: <${to}>\r\n` +
      `Subject: ${topics[index % topics.length]} ${index}\r\nDate: ${date}\r\n` +
      `Message-ID: <bulk-${index}.${to}>\r\nMIME-Version: 1.0\r\n` +
      `Content-Type: text/plain; charset=utf-8\r\n\r\n` +
      `Hello,\r\n\r\nthis is mail number ${index}. It is short, and there are many of us.\r\n`,
  )
}
