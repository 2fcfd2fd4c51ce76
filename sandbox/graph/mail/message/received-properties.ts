import type { Item } from '../../store/item.ts'
import { lightMimeOf } from '../../store/message-view.ts'
import { headersOf } from '../../store/mime/envelope.ts'

/** Finds a header line by its name in small letters; '' where there is none. */
type Line = (name: string) => string

/** The extended properties that Exchange itself gives an item, by their key (`extendedKey`); undefined: it has no such. */
export function receivedProperties(item: Item): (key: string) => string | undefined {
  let line: Line | undefined // reading a header takes time, and most items are never asked
  return (key) => {
    const valueOf = BY_KEY.get(key.replace(/ 0x0+/, ' 0x'))
    const headerName = key.startsWith(INTERNET_HEADER) ? key.slice(INTERNET_HEADER.length) : null
    if (!valueOf && headerName === null) return undefined
    line ??= linesOf(item)
    return valueOf ? valueOf(line) : line(headerName?.toLowerCase() ?? '') || undefined
  }
}

/** Of PS_INTERNET_HEADERS: each header line is a property of that set, under its name (MS-OXCMAIL 2.1.2.5). */
const INTERNET_HEADER = 'string 00020386-0000-0000-c000-000000000046 name '

/** PidTagSensitivity is the place in this list (MS-OXCMSG 2.2.1.13, RFC 2156 5.3.4). */
const SENSITIVITIES = ['normal', 'personal', 'private', 'company-confidential']

const BY_KEY = new Map<string, (line: Line) => string | undefined>([
  [
    'integer 0x36',
    (line) => {
      const value = SENSITIVITIES.indexOf(line('sensitivity').toLowerCase())
      return value < 0 ? undefined : String(value)
    },
  ],
  ['string 0x1a', (line) => messageClassOf(line('content-type').toLowerCase())],
])

/** PidTagMessageClass of mail, by the kind of its outermost part (MS-OXOSMIME 2.1.3). */
function messageClassOf(contentType: string): string {
  if (/^multipart\/signed\b/.test(contentType)) return 'IPM.Note.SMIME.MultipartSigned'
  const isOpaque =
    /^application\/(x-)?pkcs7-mime\b/.test(contentType) ||
    /^application\/octet-stream\b.*\.p7m\b/.test(contentType)
  return isOpaque ? 'IPM.Note.SMIME' : 'IPM.Note'
}

function linesOf({ source }: Item): Line {
  const lines = 'mime' in source ? headersOf(lightMimeOf(source)) : source.written.headers
  return (wanted) => lines.find(({ name }) => name?.toLowerCase() === wanted)?.value?.trim() ?? ''
}
