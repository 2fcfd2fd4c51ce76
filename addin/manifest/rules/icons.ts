import { all, child, type XmlElement } from '../xml.ts'
import { blocksOf } from './resources.ts'
import { finding, type Facts, type Finding, type Rule } from './rule.ts'

type Shape = { size: number; scale: number }
type Shapes = { required: Shape[]; optional: Shape[] }

const sizes = (...list: number[]): Shape[] => list.map((size) => ({ size, scale: 1 }))

/** Icons of a ribbon's button (outlook-addin 1.7), in pixels. */
const COMMAND: Shapes = { required: sizes(16, 32, 80), optional: sizes(20, 24, 40, 48, 64) }

/** Icons of a phone's button: three sizes, for screens of one, two and three pixels a point (outlook-addin 1.7). */
const PHONE: Shapes = {
  required: [25, 32, 48].flatMap((size) => [1, 2, 3].map((scale) => ({ size, scale }))),
  optional: [],
}

/** Each icon is a PNG of ours, of the size it is said to be; the required sizes are there, and no others than Outlook knows. */
export const icons: Rule = (manifest, facts) => [
  ...manifest.children.flatMap((element) => storeIcon(element, facts)),
  ...blocksOf(manifest).flatMap((block) => commandIcons(block, facts)),
]

const STORE_PIXELS: Record<string, number> = { IconUrl: 64, HighResolutionIconUrl: 128 }

function storeIcon(element: XmlElement, facts: Facts): Finding[] {
  const pixels = STORE_PIXELS[element.name]
  return pixels ? wrongPicture(element, element.attributes['DefaultValue'], pixels, facts) : []
}

function commandIcons(block: XmlElement, facts: Facts): Finding[] {
  const resources = child(block, 'Resources')
  const images = resources ? all(resources, 'bt:Image') : []
  const urlOf = (resid: string | undefined) =>
    images.find(({ attributes }) => attributes['id'] === resid)?.attributes['DefaultValue']
  const iconsOf = (formFactor: string) =>
    all(block, formFactor).flatMap((element) => all(element, 'Icon'))
  return [
    ...iconsOf('DesktopFormFactor').flatMap((icon) => wrongSizes(icon, COMMAND)),
    ...iconsOf('MobileFormFactor').flatMap((icon) => wrongSizes(icon, PHONE)),
    ...all(block, 'Icon').flatMap(({ children }) =>
      children.flatMap((image) => {
        const { size, scale } = shapeOf(image)
        return wrongPicture(image, urlOf(image.attributes['resid']), size * scale, facts)
      }),
    ),
  ]
}

const shapeOf = ({ attributes }: XmlElement): Shape => ({
  size: Number(attributes['size']),
  scale: Number(attributes['scale'] ?? 1),
})

const wordsOf = ({ size, scale }: Shape) => `${size} px${scale > 1 ? ` at scale ${scale}` : ''}`

function wrongSizes(icon: XmlElement, { required, optional }: Shapes): Finding[] {
  const known = new Set([...required, ...optional].map(wordsOf))
  const there = new Set(icon.children.map((image) => wordsOf(shapeOf(image))))
  return [
    ...required
      .map(wordsOf)
      .filter((words) => !there.has(words))
      .map((words) => finding(icon, `has no picture of ${words}`, 'Add a <bt:Image> for it.')),
    ...icon.children
      .filter((image) => !known.has(wordsOf(shapeOf(image))))
      .map((image) =>
        finding(image, `of ${wordsOf(shapeOf(image))} is of no size Outlook shows`, 'Delete it.'),
      ),
  ]
}

/** A resid without a URL is the resource rule's finding, not ours. */
function wrongPicture(
  element: XmlElement,
  url: string | undefined,
  pixels: number,
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
  if (real.width === pixels && real.height === pixels) return []
  return [
    finding(
      element,
      `has to be ${pixels} × ${pixels} pixels, but its file has ${real.width} × ${real.height}`,
      'Name the file of the right size.',
    ),
  ]
}
