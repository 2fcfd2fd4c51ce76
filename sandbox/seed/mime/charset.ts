/** A character that the wanted charset does not have. */
export class CharsetError extends Error {
  override readonly name = 'CharsetError'
  readonly code = 'charset-lacks-character'

  constructor(
    readonly charset: string,
    readonly character: string,
  ) {
    super(`${charset} has no ${JSON.stringify(character)}`)
  }
}

/** Double-byte charsets: the lead and trail bytes worth trying. Others are one byte a character. */
const doubleByte = new Set(['euc-jp', 'shift_jis', 'euc-kr', 'gb18030', 'big5'])
const tables = new Map<string, ReadonlyMap<string, readonly number[]>>()

/**
 * Text as bytes of a charset. The platform only decodes legacy charsets, so the table is its decoder read backwards
 * (made on first use). Throws CharsetError for what the charset lacks.
 */
export function encodeText(text: string, charset = 'utf-8'): Uint8Array {
  const name = charset.toLowerCase()
  if (name === 'utf-8') return Buffer.from(text)
  if (name === 'iso-2022-jp') return encodeIso2022Jp(text)
  const table = tableOf(name)
  return Uint8Array.from([...text].flatMap((character) => bytesOf(character, name, table)))
}

/** RFC 1468: two-byte runs between ESC $ B and ESC ( B; each line, and the text, ends in ASCII. */
function encodeIso2022Jp(text: string): Uint8Array {
  const bytes: number[] = []
  let kanji = false
  const table = tableOf('euc-jp')
  for (const character of text) {
    const code = bytesOf(character, 'iso-2022-jp', table)
    if (code.length > 1 !== kanji) {
      kanji = !kanji
      bytes.push(0x1b, ...(kanji ? [0x24, 0x42] : [0x28, 0x42]))
    }
    bytes.push(...code.map((byte) => byte & 0x7f))
  }
  if (kanji) bytes.push(0x1b, 0x28, 0x42)
  return Uint8Array.from(bytes)
}

function bytesOf(
  character: string,
  charset: string,
  table: ReadonlyMap<string, readonly number[]>,
): readonly number[] {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x80) return [code]
  const bytes = table.get(character)
  if (!bytes) throw new CharsetError(charset, character)
  return bytes
}

function tableOf(charset: string): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(charset)
  if (known) return known
  const codes = codesOf(charset)
  const decoded = new TextDecoder(charset)
    .decode(Uint8Array.from(codes.flatMap((code) => [...code, LINE_FEED])))
    .split('\n')
  const table = new Map<string, readonly number[]>()
  for (const [index, code] of codes.entries()) {
    const text = decoded[index] ?? ''
    const isOne = [...text].length === 1 && text !== '\ufffd'
    if (isOne && !table.has(text)) table.set(text, code)
  }
  tables.set(charset, table)
  return table
}

const LINE_FEED = 0x0a

function codesOf(charset: string): number[][] {
  const leads = Array.from({ length: 0x80 }, (_, index) => 0x80 + index)
  if (!doubleByte.has(charset)) return leads.map((lead) => [lead])
  const trails = Array.from({ length: 0xbf }, (_, index) => 0x40 + index)
  return leads.flatMap((lead) => trails.map((trail) => [lead, trail]))
}
