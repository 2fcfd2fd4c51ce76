/** Distinguished encoding rules (X.690), as far as a plausible PKCS #7 object needs them. */
export function der(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const value = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag, ...lengthOf(value.length)]), value])
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [0x80 | bytes.length, ...bytes]
}

export const sequence = (...items: readonly Uint8Array[]) => der(0x30, ...items)
export const setOf = (...items: readonly Uint8Array[]) => der(0x31, ...items)
export const integer = (value: number) => der(0x02, Buffer.from([value]))
export const octets = (bytes: Uint8Array) => der(0x04, bytes)
export const printable = (text: string) => der(0x13, Buffer.from(text))
/** `[n] EXPLICIT`. */
export const tagged = (number: number, ...items: readonly Uint8Array[]) =>
  der(0xa0 | number, ...items)

/** '1.2.840.113549.1.7.2'. */
export function objectId(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second]
  for (const arc of rest) {
    const groups = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift((left % 128) | 0x80)
    bytes.push(...groups)
  }
  return der(0x06, Uint8Array.from(bytes))
}
