import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { envExample } from '../../webhook/config/example.ts'
import { repositoryFiles } from './files.ts'

type Package = Record<'dependencies' | 'devDependencies' | 'scripts', Record<string, string>>
const { dependencies, devDependencies, scripts } = JSON.parse(
  readFileSync('package.json', 'utf8'),
) as Package

const read = (file: string) => readFileSync(file, 'utf8')

describe('the documents', () => {
  it('give every dependency its line, and no line to anything else', () => {
    const lines = [...read('docs/dependencies.md').matchAll(/^- `([^`]+)`/gm)].map(
      ([, name]) => name,
    )
    const installed = Object.keys({ ...dependencies, ...devDependencies })
    expect(lines.toSorted()).toEqual(installed.toSorted())
  })

  it('give every environment variable its line in .env.example', () => {
    expect(read('.env.example')).toBe(envExample())
  })

  it('name only npm scripts that exist', () => {
    const documents = repositoryFiles().filter((file) => file.endsWith('.md'))
    const named = documents.flatMap((file) =>
      [...read(file).matchAll(/npm run ([a-z:]+)/g)].map(([, script]) => ({
        file,
        script: script!,
      })),
    )
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter(({ script }) => !(script in scripts))).toEqual([])
  })

  it('link only to files that exist', () => {
    const documents = repositoryFiles().filter((file) => file.endsWith('.md'))
    const links = documents.flatMap((file) =>
      [...read(file).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
        .map(([, target]) => target!)
        .filter((target) => !/^[a-z]+:/.test(target))
        .map((target) => path.join(path.dirname(file), target)),
    )
    expect(links.length).toBeGreaterThan(5)
    expect(links.filter((target) => !existsSync(target))).toEqual([])
  })
})
