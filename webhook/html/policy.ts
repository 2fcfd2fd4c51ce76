/**
 * What a mail may consist of when it is shown. It is a list of what is let through: whatever is not named here goes.
 * docs/html.md says why. Values that need more than a pattern have files of their own: styles.ts and addresses.ts.
 */

/** Tags without anything to load, to run, to fill in or to be found by name. */
export const TAGS = [
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'div', 'center', 'blockquote', 'pre', 'hr', 'br'],
  ...['header', 'footer', 'main', 'article', 'section', 'aside', 'nav', 'address', 'figure'],
  ...['figcaption', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'table', 'caption', 'colgroup', 'col'],
  ...['thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'a', 'img', 'span', 'font', 'b', 'strong', 'i'],
  ...['em', 'u', 's', 'strike', 'del', 'ins', 'small', 'big', 'sub', 'sup', 'code', 'kbd', 'samp'],
  ...['var', 'tt', 'q', 'cite', 'abbr', 'mark', 'time', 'bdi', 'bdo', 'wbr', 'ruby', 'rt', 'rp'],
]

/** What stands in these is not for reading: they go with all they hold. Of any other tag the words stay. */
export const SILENT_TAGS = [
  ...['script', 'style', 'title', 'template', 'noscript', 'noembed', 'noframes', 'iframe', 'frame'],
  ...['frameset', 'object', 'applet', 'embed', 'svg', 'math', 'canvas', 'audio', 'video', 'select'],
  ...['option', 'textarea', 'xmp', 'plaintext', 'listing', 'datalist', 'dialog', 'portal'],
]

export const TAGS_WITHOUT_END = ['br', 'hr', 'img', 'col', 'wbr']

/** Browsers lay out no more than 512 levels; nested tables of real mails reach some dozens. */
export const DEEPEST = 200

const COUNT = /^\d{1,3}$/
const SIZE = /^\d{1,4}(?:\.\d{1,3})?(?:px|%)?$/i
const COLOUR = /^(?:#?[0-9a-f]{3,8}|[a-z]{3,24})$/i
const ALIGN = /^(?:left|right|center|justify|middle|top|bottom|baseline)$/i

const aligned = { align: ALIGN }
const box = { ...aligned, valign: ALIGN, bgcolor: COLOUR, width: SIZE, height: SIZE }
const cell = { ...box, colspan: COUNT, rowspan: COUNT, scope: /^(?:col|row|colgroup|rowgroup)$/i }
const columns = { ...box, span: COUNT }

type Values = Readonly<Record<string, RegExp>>

/** Attributes any tag may have. */
export const COMMON_ATTRIBUTES: Values = {
  dir: /^(?:ltr|rtl|auto)$/i,
  lang: /^[a-z0-9-]{1,35}$/i,
  title: /^[^]{1,500}$/,
  role: /^(?:presentation|none)$/i, // tells a screen reader that a table is layout
}

/** Attributes by tag, beside the common ones. There is no `id`, `name` or `class`: scripts and styles go by them. */
export const ATTRIBUTES: ReadonlyMap<string, Values> = new Map<string, Values>([
  ['table', { ...box, border: COUNT, cellpadding: COUNT, cellspacing: COUNT }],
  ...['tr', 'thead', 'tbody', 'tfoot'].map((tag): [string, Values] => [tag, box]),
  ...['td', 'th'].map((tag): [string, Values] => [tag, cell]),
  ...['col', 'colgroup'].map((tag): [string, Values] => [tag, columns]),
  ...['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((tag): [string, Values] => [
    tag,
    aligned,
  ]),
  ['hr', { ...aligned, width: SIZE, size: COUNT, color: COLOUR }],
  ['img', { ...aligned, width: SIZE, height: SIZE, border: COUNT, alt: /^[^]{0,1000}$/ }],
  ['font', { color: COLOUR, face: /^[\p{L}\d ,'-]{1,200}$/u, size: /^[+-]?\d$/ }],
  ['ol', { start: /^-?\d{1,6}$/, type: /^[1aAiI]$/ }],
  ['ul', { type: /^(?:disc|circle|square)$/i }],
  ['li', { value: /^-?\d{1,6}$/ }],
])

/** Styles a mail is made of. Not among them: whatever loads, moves out of its place or lies over something. */
export const STYLES: ReadonlySet<string> = new Set([
  ...['color', 'background', 'background-color', 'font', 'font-family', 'font-size', 'font-style'],
  ...['font-weight', 'font-variant', 'line-height', 'letter-spacing', 'text-align', 'text-indent'],
  ...['text-decoration', 'text-transform', 'vertical-align', 'white-space', 'word-break'],
  ...['word-wrap', 'overflow-wrap', 'direction', 'display', 'float', 'clear', 'width', 'height'],
  ...['min-width', 'max-width', 'min-height', 'max-height', 'box-sizing', 'table-layout'],
  ...['list-style-type', 'border-collapse', 'border-spacing', 'border-radius'],
  ...['margin', 'padding'].flatMap(onEachSide),
  ...['border', 'border-color', 'border-style', 'border-width'],
  ...['top', 'right', 'bottom', 'left'].flatMap((side) =>
    ['', '-color', '-style', '-width'].map((part) => `border-${side}${part}`),
  ),
])

function onEachSide(property: string): string[] {
  return [property, ...['top', 'right', 'bottom', 'left'].map((side) => `${property}-${side}`)]
}
