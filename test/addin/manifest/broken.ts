import { expect } from '@jest/globals'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { checkManifest } from '../../../addin/manifest/check.ts'
import { pngSize } from '../../../addin/manifest/png.ts'

export const manifest = readFileSync('manifest.xml', 'utf8')

export const realSize = (url: string) => {
  try {
    return pngSize(readFileSync(path.join('addin/assets', path.basename(url))))
  } catch {
    return null
  }
}

/** One edit that breaks one thing, and the one finding it makes. A text is replaced wherever it stands, a pattern where it says. */
export type Break = [what: string, from: string | RegExp, to: string, finding: string]

/** What is found after one edit, as "Element says"; what both blocks say counts once. Every finding says how to mend it. */
export function found(from: string | RegExp, to: string): string[] {
  const broken =
    typeof from === 'string' ? manifest.replaceAll(from, to) : manifest.replace(from, to)
  expect(broken).not.toBe(manifest)
  const findings = checkManifest(broken, realSize)
  for (const { mend } of findings) expect(mend).toMatch(/^[A-Z].*\.$/)
  return [...new Set(findings.map(({ element, says }) => `${element} ${says}`))]
}
