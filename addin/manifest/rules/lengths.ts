import { all, walk, type XmlElement } from '../xml.ts'
import { blocksOf } from './resources.ts'
import { finding, type Finding, type Rule } from './rule.ts'

/** Longest values, in characters (outlook-addin 1.7). */
const ROOT_LIMITS: Record<string, number> = {
  DisplayName: 125,
  Description: 250,
  ProviderName: 125,
}
const RESOURCE_LIMITS: Record<string, number> = {
  'bt:ShortStrings': 125,
  'bt:LongStrings': 250,
  'bt:Urls': 2_048,
}
const MAX_BYTES = 256 * 1_024
/** More is cut off under a phone's button. */
const PHONE_LABEL_CHARS = 16

/** No text in any language, no file is longer than Outlook takes; none is empty. */
export const lengths: Rule = (manifest, { bytes }) => [
  ...(bytes < MAX_BYTES
    ? []
    : [finding(manifest, `is ${bytes} bytes, 256 KB or more`, 'Take something out.')]),
  ...manifest.children.flatMap((element) => tooLong(element, ROOT_LIMITS[element.name])),
  ...[...walk(manifest)].flatMap(({ name, children }) =>
    children.flatMap((element) => tooLong(element, RESOURCE_LIMITS[name])),
  ),
  ...blocksOf(manifest).flatMap(phoneLabels),
]

function tooLong(element: XmlElement, limit: number | undefined): Finding[] {
  if (limit === undefined) return []
  return [element, ...element.children].flatMap((said) => {
    const { length } = textOf(said)
    if (length === 0) return finding(said, 'is empty', 'Say something.')
    if (length <= limit) return []
    return finding(said, `has ${length} characters, ${limit} are allowed`, 'Shorten it.')
  })
}

function phoneLabels(block: XmlElement): Finding[] {
  const labels = all(block, 'Control')
    .filter(({ attributes }) => attributes['xsi:type'] === 'MobileButton')
    .flatMap((button) => button.children.filter(({ name }) => name === 'Label'))
  const strings = all(block, 'bt:String')
  return labels.flatMap((label) =>
    strings
      .filter(({ attributes }) => attributes['id'] === label.attributes['resid'])
      .flatMap((string) => [string, ...string.children])
      .filter((said) => textOf(said).length > PHONE_LABEL_CHARS)
      .map((said) =>
        finding(
          label,
          `"${textOf(said)}" is longer than the ${PHONE_LABEL_CHARS} characters a phone shows`,
          'Give the phone a shorter label.',
        ),
      ),
  )
}

const textOf = ({ attributes, text }: XmlElement) =>
  attributes['DefaultValue'] ?? attributes['Value'] ?? text
