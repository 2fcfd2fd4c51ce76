import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fillManifest } from './fill.ts'

/** `ADDIN_URL=https://… npm run manifest`: the manifest for this address, to be uploaded or sideloaded. */
mkdirSync('dist', { recursive: true })
writeFileSync(
  'dist/manifest.xml',
  fillManifest(readFileSync('manifest.xml', 'utf8'), process.env['ADDIN_URL'] ?? ''),
)
console.log('dist/manifest.xml is written.')
