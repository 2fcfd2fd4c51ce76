import { transform } from '@swc/core'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** The page's own scripts are TypeScript like all else; browsers get them with the types taken off. */
const FOLDER = path.resolve('sandbox/outlook/page')

const NAME = /^([a-z]+\/)?[a-z-]+\.ts$/

/** One page script as an ES module; null when there is none of that name. */
export async function moduleScript(name: string): Promise<string | null> {
  return NAME.test(name) ? stripped(name, 'es6').catch(() => null) : null
}

/** The stand-in for Office.js. A classic script, as the real one: it must have run before the pane's own. */
export async function officeScript(): Promise<string> {
  const folder = await readdir(path.join(FOLDER, 'office'))
  const names = ['window-link.ts', 'office-js.ts', ...folder.map((name) => `office/${name}`)]
  const parts = await Promise.all(
    names.map(async (name) => {
      const code = await stripped(name, 'commonjs')
      return `${JSON.stringify(path.basename(name))}: (exports, require) => {\n${code}\n}`
    }),
  )
  return `(() => {
    const files = {${parts.join(',\n')}}
    const loaded = {}
    const load = (name) => {
      if (!loaded[name]) files[name]((loaded[name] = {}), (from) => load(from.split('/').pop()))
      return loaded[name]
    }
    const { installOffice } = load('office-js.ts')
    const { windowLink } = load('window-link.ts')
    const origin = new URL(document.currentScript.src).origin
    const inside = window.parent !== window
    installOffice(window, inside ? windowLink(window, () => window.parent, origin) : null)
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
