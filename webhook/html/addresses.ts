const LINKS = new Set(['http:', 'https:', 'mailto:', 'tel:'])
/** Pictures that lie in the mail's own text. SVG is not among them: it is a document, not a picture. */
const PICTURE_DATA = /^data:image\/(?:png|gif|jpe?g|webp|bmp);base64,[a-z0-9+/=\s]+$/i

/** Where a link leads, written out; null when that is nowhere a mail may lead to. Relative ones would lead to us. */
export function safeLink(href: string): string | null {
  const url = absolute(href)
  return url && LINKS.has(url.protocol) ? url.href : null
}

export type Pictures = {
  /** Whether pictures that lie elsewhere may be loaded: the reader asked for them. */
  remote: 'block' | 'show'
  /** The path below which this mail's own pictures are, by content id; it ends with a slash. */
  inlineAt: string
  /** Our own host, without its port: a picture must not be a request to us in the reader's name. */
  ownHost: string
}

export type PictureSource =
  { kind: 'shown'; src: string } | { kind: 'blocked' } | { kind: 'nothing' }

const NOTHING: PictureSource = { kind: 'nothing' }

/** Where a picture comes from, if it may come from there. */
export function pictureSource(src: string, pictures: Pictures): PictureSource {
  const { remote, inlineAt, ownHost } = pictures
  if (isOwn(src, inlineAt)) return { kind: 'shown', src } // cleaned before
  if (/^\s*data:/i.test(src)) {
    const data = src.trim()
    return PICTURE_DATA.test(data) ? { kind: 'shown', src: data } : NOTHING
  }
  const url = absolute(src)
  if (url?.protocol === 'cid:') {
    const own = inlineAt + encodeURIComponent(contentIdOf(url.pathname))
    return isOwn(own, inlineAt) ? { kind: 'shown', src: own } : NOTHING
  }
  if (!url || !['http:', 'https:'].includes(url.protocol)) return NOTHING
  url.protocol = 'https:' // a picture is not worth telling everybody on the way who reads what
  if (url.hostname === ownHost) return NOTHING
  return remote === 'show' ? { kind: 'shown', src: url.href } : { kind: 'blocked' }
}

/** One name below the path, and nothing that leads out of it. */
const isOwn = (src: string, inlineAt: string) =>
  src.startsWith(inlineAt) && /^(?!\.{1,2}$)[\w.~!*'()%-]+$/.test(src.slice(inlineAt.length))

/** What a `cid:` address names (RFC 2392). */
function contentIdOf(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path // a stray percent sign is part of the name
  }
}

/** As a browser reads it. Of addresses without a scheme only `//host/…` is of use: newsletters write them. */
function absolute(text: string): URL | null {
  const address = text.trim()
  const full = address.startsWith('//') ? `https:${address}` : address
  return URL.canParse(full) ? new URL(full) : null
}
