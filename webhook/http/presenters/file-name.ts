/** Control and format characters (a right-to-left override hides what a name ends with), halves of characters, and what paths are made of. */
const NOT_IN_NAMES = /[\p{C}\p{Zl}\p{Zp}/\\<>:"|?*]/gu
/** Names that Windows takes for devices, whatever follows the dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i
const MOST_CHARS = 150
const MOST_EXTENSION_CHARS = 20

/** A sender's file name as it can be written to a disk and into a header. Never empty. */
export function safeFileName(given: string): string {
  const name = given.normalize('NFC').replace(NOT_IN_NAMES, '_').trim()
  const bare = shortened(name).replace(/^[. ]+|[. ]+$/g, '')
  return bare.replace(DEVICE, '_$&') || 'attachment'
}

/**
 * `Content-Disposition` of a download: RFC 6266, the name in RFC 8187 for those who read it, and in plain ASCII for the
 * others.
 */
export function downloadAs(given: string): string {
  const name = safeFileName(given)
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replaceAll('%', '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${extendedValue(name)}`
}

/** RFC 8187 3.2.1: what `encodeURIComponent` leaves as it is and an ext-value may not hold. */
const extendedValue = (text: string) =>
  encodeURIComponent(text).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)

/** By whole characters; what it ends with stays. */
function shortened(name: string): string {
  const chars = [...name]
  if (chars.length <= MOST_CHARS) return name
  const dot = chars.lastIndexOf('.')
  const extension = dot > 0 && chars.length - dot <= MOST_EXTENSION_CHARS ? chars.slice(dot) : []
  return [...chars.slice(0, MOST_CHARS - extension.length), ...extension].join('')
}
