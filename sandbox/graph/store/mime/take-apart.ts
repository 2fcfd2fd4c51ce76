import PostalMime, { type Email } from 'postal-mime'

/** More than any mail has: Exchange Online takes 250 (from memory). */
const MOST_PARTS = 5_000

type TakenApart = Pick<Email, 'html' | 'text' | 'attachments'>

/**
 * The parts of a mail. One that nobody could take apart in time, since it is nested too deep or has too many parts or
 * headers, is shown as the text that it is.
 */
export async function takeApart(mime: Uint8Array): Promise<TakenApart> {
  const bytes = Buffer.from(mime.buffer, mime.byteOffset, mime.byteLength)
  if (hasTooManyParts(bytes)) return asText(bytes)
  return PostalMime.parse(mime, { forceRfc822Attachments: true }).catch(() => asText(bytes))
}

function hasTooManyParts(bytes: Buffer): boolean {
  let parts = 0
  for (let at = bytes.indexOf('\n--'); at >= 0 && parts <= MOST_PARTS; parts++)
    at = bytes.indexOf('\n--', at + 1)
  return parts > MOST_PARTS
}

function asText(bytes: Buffer): TakenApart {
  const headEnd = bytes.indexOf('\r\n\r\n')
  return { text: headEnd < 0 ? '' : bytes.toString('utf8', headEnd + 4), attachments: [] }
}
