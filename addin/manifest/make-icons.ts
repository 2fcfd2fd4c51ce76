import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { drawMark } from './mark.ts'
import { encodePng } from './png.ts'

/** `npx tsx addin/manifest/make-icons.ts` draws the icons again, at every size the manifest asks for (outlook-addin 1.7). */
const ICON_SIZES = [16, 20, 24, 25, 32, 40, 48, 50, 64, 75, 80, 96, 128, 144]

const folder = path.join(import.meta.dirname, '../assets')
mkdirSync(folder, { recursive: true })
for (const size of ICON_SIZES)
  writeFileSync(path.join(folder, `icon-${size}.png`), encodePng(size, drawMark(size)))
console.log(`${ICON_SIZES.length} icons drawn.`)
