import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import express, { Router, type RequestHandler, type Response } from 'express'

/** webpack puts eight digits of the content's hash into a name; such a file never changes. */
const HASHED = /\.[0-9a-f]{8}\.\w+$/

const IMMUTABLE = 'public, max-age=31536000, immutable'

/** Outlook shows a picture of its own instead of an icon that comes with any Cache-Control (manifest reference, Image). */
const ICON = /\.png$/

/** A script in the build's own folder, whose name tells that it never changes. */
const HASHED_SCRIPT = /^\/([\w-]+\.[0-9a-f]{8}\.js)$/

const pack = promisify<Buffer, { level: number }, Buffer>(gzip)

/** Built files; pages ask each time whether they changed, hashed files never, and icons say nothing of it. */
export function builtFiles(folder: string): RequestHandler {
  const asTheyAre = express.static(folder, {
    index: false,
    redirect: false,
    cacheControl: false,
    setHeaders: (response: Response, file) => {
      if (HASHED.test(file)) response.set('Cache-Control', IMMUTABLE)
      else if (!ICON.test(file)) response.set('Cache-Control', 'no-cache')
    },
  })
  return Router().get(HASHED_SCRIPT, packedScripts(folder)).use(asTheyAre)
}

/** Scripts are sent packed to whoever takes them so: a third of the bytes. There are few; each is packed once and kept. */
function packedScripts(folder: string): RequestHandler {
  const kept = new Map<string, Buffer>()
  return async (request, response, next) => {
    response.vary('Accept-Encoding')
    if (request.acceptsEncodings('gzip') === false) return next()
    const name = String(request.params[0])
    const packed = kept.get(name) ?? (await packedFile(path.join(folder, name)))
    if (packed === null) return next()
    kept.set(name, packed)
    response.set({ 'Cache-Control': IMMUTABLE, 'Content-Encoding': 'gzip' })
    response.type('js').send(packed)
  }
}

async function packedFile(file: string): Promise<Buffer | null> {
  const bytes = await readFile(file).catch(ifMissing)
  return bytes && pack(bytes, { level: constants.Z_BEST_COMPRESSION })
}

/** One page of the build (or its manifest), or a page that says how to build it. */
export async function sendPage(
  response: Response,
  file: { folder: string; name: string; edit?: (text: string) => string },
): Promise<void> {
  const text = await readFile(path.join(file.folder, file.name), 'utf8').catch(ifMissing)
  response.set('Cache-Control', 'no-cache')
  if (text === null) response.status(503).type('html').send(NOT_BUILT)
  else response.type(path.extname(file.name)).send(file.edit ? file.edit(text) : text)
}

function ifMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

const NOT_BUILT = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>FlowCRM is not built</title></head>
  <body>
    <h1>This page is not built yet</h1>
    <p>The service runs, but its pages are missing. Build them with <code>npm run build</code>, then reload.</p>
  </body>
</html>
`
