import { all, child, type XmlElement } from '../xml.ts'
import { finding, type Finding, type Rule } from './rule.ts'

/** Clients look for the whole locale: "de" finds nobody (outlook-addin 4.5). */
const LOCALE = /^[a-z]{2,3}-[A-Z]{2}$/

/** The manifest speaks a second language, and each of its texts speaks every language that its name does. */
export const languages: Rule = (manifest) => {
  const name = child(manifest, 'DisplayName')
  if (!name) return []
  const spoken = localesOf(name)
  if (spoken.length === 0)
    return [finding(name, 'speaks one language only', 'Add <Override Locale="de-DE" Value="…"/>.')]
  const texts = [child(manifest, 'Description') ?? name, ...all(manifest, 'bt:String')]
  return [
    ...name.children.flatMap(shapeOf),
    ...texts.flatMap((text) => differing(text, spoken.join(', '))),
  ]
}

const localesOf = ({ children }: XmlElement) =>
  children.map(({ attributes }) => attributes['Locale'] ?? '').toSorted()

function shapeOf(override: XmlElement): Finding[] {
  const locale = override.attributes['Locale'] ?? ''
  if (LOCALE.test(locale)) return []
  return [
    finding(override, `"${locale}" is no full locale`, 'Write language and country, as de-DE.'),
  ]
}

function differing(text: XmlElement, spoken: string): Finding[] {
  const own = localesOf(text).join(', ')
  if (own === spoken) return []
  const id = text.attributes['id']
  return [
    finding(
      text,
      `${id ? `"${id}" ` : ''}is translated into ${own || 'nothing'}, DisplayName into ${spoken}`,
      'Give it one Override for each of these languages.',
    ),
  ]
}
