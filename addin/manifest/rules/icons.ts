import { all, child, type XmlElement } from '../xml.ts'
import { blocksOf } from './resources.ts'
import { finding, type Facts, type Finding, type Rule } from './rule.ts'

/** Command icons Outlook asks for (outlook-addin 1.7). */
const REQUIRED = ['16', '32', '80']

/** Each icon is a PNG of ours, of the size it is said to be; the required sizes are there. */
export const icons: Rule = (manifest, facts) => [
  ...manifest.children.flatMap((element) => storeIcon(element, facts)),
  ...blocksOf(manifest).flatMap((block) => commandIcons(block, facts)),
]

const STORE_SIZES: Record<string, number> = { IconUrl: 64, HighResolutionIconUrl: 128 }

function storeIcon(element: XmlElement, facts: Facts): Finding[] {
  const size = STORE_SIZES[element.name]
  return size ? wrongPicture(element, element.attributes['DefaultValue'], size, facts) : []
}

function commandIcons(block: XmlElement, facts: Facts): Finding[] {
  const resources = child(block, 'Resources')
  const images = resources ? all(resources, 'bt:Image') : []
  const urlOf = (resid: string | undefined) =>
    images.find(({ attributes }) => attributes['id'] === resid)?.attributes['DefaultValue']
  return all(block, 'Icon').flatMap((icon) => [
    ...missingSizes(icon),
    ...icon.children.flatMap((image) =>
      wrongPicture(
        image,
        urlOf(image.attributes['resid']),
        Number(image.attributes['size']),
        facts,
      ),
    ),
  ])
}

function missingSizes(icon: XmlElement): Finding[] {
  const sizes = icon.children.map(({ attributes }) => attributes['size'])
  return REQUIRED.filter((size) => !sizes.includes(size)).map((size) =>
    finding(icon, `has no picture of ${size} px`, `Add <bt:Image size="${size}" …>.`),
  )
}

/** A resid without a URL is the resource rule's finding, not ours. */
function wrongPicture(
  element: XmlElement,
  url: string | undefined,
  size: number,
  facts: Facts,
): Finding[] {
  if (url === undefined) return []
  const real = facts.iconSize(url)
  if (!real)
    return [
      finding(
        element,
        `${url} names no PNG in addin/assets`,
        'Draw it with addin/manifest/make-icons.ts.',
      ),
    ]
  if (real.width === size && real.height === size) return []
  return [
    finding(
      element,
      `is said to be ${size} px, but its file has ${real.width} × ${real.height}`,
      'Name the file of the right size.',
    ),
  ]
}
