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

function repeated(outer: XmlElement, inner: XmlElement): Finding[] {
  const there = new Set([...walk(inner)].map(nameIn))
  return own(outer)
    .filter((element) => SURFACES.has(element.name) && !there.has(nameIn(element)))
    .map((element) =>
      finding(element, `(${nameIn(element)}) is missing in the 1.1 block`, 'Repeat it there.'),
    )
}

/** Elements whose loss in 1.1 would take a button or a form from newer clients. */
const SURFACES = new Set(['ExtensionPoint', 'Control', 'FunctionFile', 'Requirements'])

const nameIn = ({ name, attributes }: XmlElement) =>
  [name, attributes['xsi:type'], attributes['id']].filter(Boolean).join(' ')

/** What the 1.0 schema does not have yet. */
function newerOnly(outer: XmlElement, inner: XmlElement): Finding[] {
  const names = ['SupportsPinning', 'SupportsSharedFolders']
  return names.flatMap((name) => [
    ...own(outer)
      .filter((element) => element.name === name)
      .map((element) =>
        finding(element, 'stands in the 1.0 block', 'Only 1.1 knows it: delete it here.'),
      ),
    ...all(inner, name)
      .filter(({ text }) => text !== 'true')
      .map((element) => finding(element, `says "${element.text}"`, 'Write true, or leave it out.')),
  ])
}

/** All in the outer block that is not in the inner one. */
function own(outer: XmlElement): XmlElement[] {
  return outer.children
    .filter(({ name }) => name !== 'VersionOverrides')
    .flatMap((element) => [...walk(element)])
}
