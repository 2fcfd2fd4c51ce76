import { SaxesParser } from 'saxes'

/** One element of the manifest. Names keep their prefix (`bt:Image`), for the manifest always uses the same ones. */
export type XmlElement = {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  /** Its own text, trimmed. */
  text: string
  /** Where it begins, from 1. */
  line: number
}

export class XmlError extends Error {
  override readonly name = 'XmlError'
  readonly code = 'not-well-formed'

  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message)
  }
}

/** The root element; throws an XmlError at the first place that is not well-formed. */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true })
  const document: XmlElement = { name: '', attributes: {}, children: [], text: '', line: 1 }
  const open = [document]
  const current = () => open.at(-1) ?? document
  let line = 1

  parser.on('error', ({ message }) => {
    throw new XmlError(parser.line, message.replace(/^\d+:\d+: /, ''))
  })
  parser.on('opentagstart', () => (line = parser.line))
  parser.on('opentag', ({ name, attributes }) => {
    const values = Object.entries(attributes).map(([key, { value }]) => [key, value] as const)
    const element = { name, attributes: Object.fromEntries(values), children: [], text: '', line }
    current().children.push(element)
    open.push(element)
  })
  parser.on('text', (text) => (current().text += text.trim()))
  parser.on('closetag', () => open.pop())
  parser.write(text).close()
  return document.children[0] ?? document
}

/** The element itself and all below it, in reading order. */
export function* walk(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) yield* walk(child)
}

/** All of that name below (and including) the element. */
export function all(element: XmlElement, name: string): XmlElement[] {
  return [...walk(element)].filter((found) => found.name === name)
}

/** The direct child of that name. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((found) => found.name === name)
}
