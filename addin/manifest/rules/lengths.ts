import { walk, type XmlElement } from '../xml.ts'
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

/** No text, no file is longer than Outlook takes; none is empty. */
export const lengths: Rule = (manifest, { bytes }) => [
  ...(bytes < MAX_BYTES
    ? []
    : [finding(manifest, `is ${bytes} bytes, 256 KB or more`, 'Take something out.')]),
  ...manifest.children.flatMap((element) => tooLong(element, ROOT_LIMITS[element.name])),
  ...[...walk(manifest)].flatMap(({ name, children }) =>
    children.flatMap((element) => tooLong(element, RESOURCE_LIMITS[name])),
  ),
]

function tooLong(element: XmlElement, limit: number | undefined): Finding[] {
  if (limit === undefined) return []
  const value = element.attributes['DefaultValue'] ?? element.text
  if (value === '') return [finding(element, 'is empty', 'Say something.')]
  if (value.length <= limit) return []
  return [finding(element, `has ${value.length} characters, ${limit} are allowed`, 'Shorten it.')]
}
