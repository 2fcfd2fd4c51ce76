import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environmentOf } from '../../webhook/cli/open.ts'
import { writeEnvFile } from '../../sandbox/env-file.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'flowcrm-env-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const file = () => join(folder, '.sandbox.env')
const silent = () => ({ out: () => undefined, err: () => undefined, env: {}, folder })

it('the sandbox leaves its environment where flowcrm finds it, for its owner alone, and takes it away', () => {
  const env = { PUBLIC_URL: 'http://localhost:3000', ROOT_KEY: 'Zmxvd2NybSBzYW5kYm94=' }
  const remove = writeEnvFile(env, folder)
  expect(environmentOf(silent(), { sandbox: true })).toEqual(env)
  expect(statSync(file()).mode & 0o777).toBe(0o600)
  remove()
  expect(existsSync(file())).toBe(false)
})

it('a sandbox that ends leaves the file of one that began later', () => {
  const remove = writeEnvFile({ PORT: '3000' }, folder)
  writeEnvFile({ PORT: '4000' }, folder)
  remove()
  expect(environmentOf(silent(), { sandbox: true })).toEqual({ PORT: '4000' })
})
