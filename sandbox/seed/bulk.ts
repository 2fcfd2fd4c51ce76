const topics = ['Delivery', 'Invoice', 'Beans', 'Service visit', 'Offer', 'Filters', 'A question']
const MINUTE_MS = 60_000

/** Kinds of files that hang on bulk mail. The third is larger than one chunk of a store. */
const FILES = [1_000, 40_000, 300_000].map((bytes, kind) => Buffer.alloc(bytes, `file ${kind} `))

/** The same mail with a file on it: one of three, so that many carry the same. */
export function bulkMimeWithFile(index: number, to: string, now: Date): Uint8Array {
  const [headers = '', text = ''] = Buffer.from(bulkMime(index, to, now))
    .toString()
    .split('\r\n\r\nHello')
  const kind = index % FILES.length
  const head = headers.replace('text/plain; charset=utf-8', 'multipart/mixed; boundary=cut')
  const file = FILES[kind]?.toString('base64').replace(/.{76}/g, '$&\r\n') ?? ''
  return Buffer.from(
    `${head}\r\n\r\n--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello${text}\r\n--cut\r\n` +
      `Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n` +
      `Content-Disposition: attachment; filename="file-${kind}.bin"\r\n\r\n${file}\r\n--cut--\r\n`,
  )
}

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
