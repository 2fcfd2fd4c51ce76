import { transform } from '@swc/core'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** The page's own scripts are TypeScript like all else; browsers get them with the types taken off. */
const FOLDER = path.resolve('sandbox/outlook/page')

const NAME = /^[a-z-]+\.ts$/

/** One page script as an ES module; null when there is none of that name. */
export async function moduleScript(name: string): Promise<string | null> {
  return NAME.test(name) ? stripped(name, 'es6').catch(() => null) : null
}

/** The stand-in for Office.js. A classic script, as the real one: it must have run before the pane's own. */
export async function officeScript(): Promise<string> {
  const parts = await Promise.all([
    stripped('window-link.ts', 'commonjs'),
    stripped('office-js.ts', 'commonjs'),
  ])
  return `(() => {
    const exports = {}
    ${parts.join('\n')}
    const origin = new URL(document.currentScript.src).origin
    const inside = window.parent !== window
    exports.installOffice(window, inside ? exports.windowLink(window, () => window.parent, origin) : null)
  })()`
}

async function stripped(name: string, type: 'es6' | 'commonjs'): Promise<string> {
  const { code } = await transform(await readFile(path.join(FOLDER, name), 'utf8'), {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type },
    swcrc: false,
  })
  return code
}
