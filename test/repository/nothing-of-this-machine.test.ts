import { hostname } from 'node:os'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { textFiles } from './files.ts'

/** Somebody's folders. Taken apart, so that this file does not find itself. */
const FOLDERS = ['root', 'home/\\w+', 'Users/\\w+', 'work', 'workspace', 'mnt'].join('|')
const MACHINE_PATH = new RegExp(`(^|[\\s"'\`(=:])/(${FOLDERS})/`, 'm')

/** Where packages come from is the business of whoever installs them. */
const PACKAGE_HOST = /https?:\/\/[^\s/"']*(registry|artifactory|nexus|mirror|proxy)[^\s/"']*\//i

const PUBLIC_HOSTS = /https?:\/\/registry\.npmjs\.org\//g

const offenders = (fault: (text: string) => boolean) =>
  textFiles()
    .filter(({ text }) => fault(text))
    .map(({ file }) => file)

describe('the repository', () => {
  it('names no folder of anybody’s machine', () => {
    expect(offenders((text) => MACHINE_PATH.test(text))).toEqual([])
    expect(MACHINE_PATH.test(`cd ${['', 'home', 'ada', 'flowcrm'].join('/')}`)).toBe(true)
  })

  it('names no package host', () => {
    expect(offenders((text) => PACKAGE_HOST.test(text.replaceAll(PUBLIC_HOSTS, '')))).toEqual([])
    expect(PACKAGE_HOST.test('https:/' + '/npm-mirror.example.com/x.tgz')).toBe(true)
  })

  it('does not name the machine it was made on', () => {
    const name = hostname()
    const isTelling = name.length > 5 && name !== 'localhost'
    expect(isTelling ? offenders((text) => text.includes(name)) : []).toEqual([])
  })

  it('locks versions and their sums, not where they were fetched', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { version?: string; resolved?: string; integrity?: string }>
    }
    const locked = Object.entries(packages).filter(([name]) => name.includes('node_modules/'))
    expect(locked.length).toBeGreaterThan(500)
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
    expect(locked.filter(([, { version, integrity }]) => !version || !integrity)).toEqual([])
  })
})
