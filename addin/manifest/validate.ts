import { readFileSync } from 'node:fs'
import path from 'node:path'
import { checkManifest } from './check.ts'
import { pngSize } from './png.ts'

/** `npm run validate [-- another.xml]`: what is wrong with the manifest, offline; exit code 1 when anything is. */
const file = process.argv[2] ?? 'manifest.xml'
const assets = path.join(import.meta.dirname, '../assets')

const findings = checkManifest(readFileSync(file, 'utf8'), (url) => {
  try {
    return pngSize(readFileSync(path.join(assets, path.basename(new URL(url).pathname))))
  } catch {
    return null
  }
})
for (const { line, element, says, mend } of findings)
  console.error(`${file}:${line}  ${element} ${says}. ${mend}`)
console.log(findings.length === 0 ? `${file} is good.` : `${findings.length} to mend in ${file}.`)
process.exitCode = findings.length === 0 ? 0 : 1
