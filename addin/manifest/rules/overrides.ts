import { all, child, walk, type XmlElement } from '../xml.ts'
import { finding, type Finding, type Rule } from './rule.ts'

const NAMESPACE = 'http://schemas.microsoft.com/office/mailappversionoverrides'

/** 1.0 holds 1.1, and 1.1 says all of 1.0 again, for it inherits nothing (outlook-addin 1.2). */
export const overrides: Rule = (manifest) => {
  const outer = child(manifest, 'VersionOverrides')
  if (!outer) return []
  const inner = child(outer, 'VersionOverrides')
  return [
    ...labelled(outer, NAMESPACE, 'VersionOverridesV1_0'),
    ...(inner
      ? [
          ...labelled(inner, `${NAMESPACE}/1.1`, 'VersionOverridesV1_1'),
          ...repeated(outer, inner),
          ...newerOnly(outer, inner),
        ]
      : [
          finding(outer, 'holds no 1.1 block', 'Nest a VersionOverrides of 1.1 as its last child.'),
        ]),
  ]
}

function labelled(block: XmlElement, namespace: string, type: string): Finding[] {
  const { xmlns, 'xsi:type': said } = block.attributes
  if (xmlns === namespace && said === type) return []
  return [
    finding(block, 'is not marked as what it is', `Write xmlns="${namespace}" xsi:type="${type}".`),
  ]
}

/** All of `older` stands at the same place in `newer` and says the same. What misses a parent misses its children: one finding. */
function repeated(older: XmlElement, newer: XmlElement): Finding[] {
  return own(older).flatMap((element) => {
    const twin = newer.children.find((candidate) => titleOf(candidate) === titleOf(element))
    if (!twin)
      return finding(
        element,
        `(${titleOf(element)}) is missing in the 1.1 block`,
        'Repeat it there.',
      )
    if (textOf(twin) !== textOf(element))
      return finding(
        twin,
        `(${titleOf(twin)}) says another thing than in the 1.0 block`,
        'Say the same in both.',
      )
    return repeated(element, twin)
  })
}

/** What tells an element from its siblings. */
const titleOf = ({ name, attributes }: XmlElement) =>
  [name, ...['xsi:type', 'id', 'size', 'Locale'].map((key) => attributes[key])]
    .filter(Boolean)
    .join(' ')

const textOf = ({ attributes }: XmlElement) => attributes['DefaultValue'] ?? attributes['Value']

/** The schema of 1.0 does not have these yet. */
const NEWER = ['SupportsPinning', 'SupportsSharedFolders', 'MobileFormFactor']
const SWITCHES = ['SupportsPinning', 'SupportsSharedFolders']

function newerOnly(outer: XmlElement, inner: XmlElement): Finding[] {
  const older = own(outer).flatMap((element) => [...walk(element)])
  return [
    ...older
      .filter(({ name }) => NEWER.includes(name))
      .map((element) =>
        finding(element, 'stands in the 1.0 block', 'Only 1.1 knows it: delete it here.'),
      ),
    ...SWITCHES.flatMap((name) => all(inner, name))
      .filter(({ text }) => text !== 'true')
      .map((element) => finding(element, `says "${element.text}"`, 'Write true, or leave it out.')),
  ]
}

/** Its children, without the block nested in it. */
const own = ({ children }: XmlElement) => children.filter(({ name }) => name !== 'VersionOverrides')
