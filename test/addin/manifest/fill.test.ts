import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { checkManifest } from '../../../addin/manifest/check.ts'
import { fillManifest } from '../../../addin/manifest/fill.ts'

const template = readFileSync('manifest.xml', 'utf8')
const anySize = (url: string) => {
  const size = Number(/icon-(\d+)\.png$/.exec(url)?.[1])
  return { width: size, height: size }
}

describe('the manifest for an organization', () => {
  it('names its own addresses everywhere, and stays good', () => {
    const filled = fillManifest(template, 'https://crm.contoso.test/pane/')
    expect(filled).not.toContain('localhost')
    expect(filled).toContain('<AppDomain>https://crm.contoso.test</AppDomain>')
    expect(filled).toContain('"https://crm.contoso.test/taskpane.html"')
    expect(checkManifest(filled, anySize)).toEqual([])
  })

  it.each(['http://crm.contoso.test', 'crm.contoso.test', ''])('is not made for "%s"', (url) => {
    expect(() => fillManifest(template, url)).toThrow('https only')
  })
})
