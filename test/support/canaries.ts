/** Looks for texts that must not be there, in every form that logs, URLs, headers and dumps like to give a text. */

/** Base64 of a text anywhere in a longer one: what of it is the same whatever stands around it. */
function base64Cores(text: string): string[] {
  return [0, 1, 2].map((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
    const [first, whole] = [Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6)]
    return bytes.toString('base64').slice(first, whole)
  })
}

const inAscii = (json: string) =>
  json.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** As it is and in lower case; in JSON, and JSON within JSON; in base64 and base64url; in URLs and forms; in hex; in HTML. */
export function formsOf(text: string): Set<string> {
  const json = JSON.stringify(text).slice(1, -1)
  const url = encodeURIComponent(text)
  const base64 = base64Cores(text)
  const hex = Buffer.from(text).toString('hex')
  return new Set([
    ...[text, text.toLowerCase(), json, inAscii(json), JSON.stringify(json).slice(1, -1)],
    ...[...base64, ...base64.map((one) => one.replaceAll('+', '-').replaceAll('/', '_'))],
    ...[
      url,
      url.toLowerCase(),
      encodeURIComponent(url),
      new URLSearchParams([['', text]]).toString().slice(1),
    ],
    ...[hex, hex.toUpperCase(), text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
  ])
}

/** Those of the canaries that are in the output, in whatever form. */
export const foundIn = (output: string, canaries: Iterable<string>): string[] =>
  [...canaries].filter((canary) => [...formsOf(canary)].some((form) => output.includes(form)))

/** A nest of canaries: each is unlike every other, and some of its characters look different in each form. */
export class Canaries {
  readonly planted: string[] = []

  /** For a field that takes any text. */
  text(kind: string): string {
    return this.keep(`Kanarie-${kind}-ü"\\ ${this.serial()}`)
  }

  /** For a field that takes an address, or a word. */
  word(kind: string): string {
    return this.keep(`kanarie-${kind}-${this.serial()}`)
  }

  address(kind: string): string {
    return this.keep(`${kind}.${this.serial()}@kanarie.example`)
  }

  private keep(text: string): string {
    this.planted.push(text)
    return text
  }

  private serial(): string {
    return ((this.planted.length + 1) * 7_919 * 104_729).toString(36)
  }
}
