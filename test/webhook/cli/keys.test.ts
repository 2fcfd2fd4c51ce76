import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runCli } from '../../../webhook/cli/cli.ts'
import type { Clock } from '../../../webhook/clock.ts'
import { HOUR } from '../../../webhook/duration.ts'
import { anEmail, WORKSPACE } from '../../support/builders.ts'
import { ROOT_KEY } from '../../support/keys.ts'
import { openStores, type OpenStores } from '../store/open-stores.ts'

const NEW_ROOT = Buffer.alloc(32, 'the new root key')
const HEADING = /^WORKSPACE .* ROOT KEY$/m

let stores: OpenStores
beforeEach(async () => {
  stores = await openStores()
  await stores.emails.see(['a', 'b', 'c'].map((identity) => anEmail({ identity })))
})
afterEach(() => stores[Symbol.asyncDispose]())

/** On the command line, by whoever has these root keys; waiting takes no time. */
async function flowcrm(args: string[], rootKey = ROOT_KEY, old: Buffer | null = null) {
  const printed = { out: '', err: '' }
  const clock: Clock = {
    now: () => stores.clock.now(),
    sleep: (ms) => stores.clock.advance(ms),
  }
  const exit = await runCli(args, {
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    env: {
      PUBLIC_URL: 'https://crm.example.com',
      ADDIN_URL: 'https://addin.example.com',
      MONGODB_URL: stores.url,
      CLIENT_ID: '00000000-0000-0000-0000-000000000000',
      CLIENT_SECRET: 'not needed here',
      ROOT_KEY: rootKey.toString('base64'),
      ...(old && { ROOT_KEY_OLD: old.toString('base64') }),
    },
    folder: '/nowhere',
    overrides: { clock },
  })
  return { exit, ...printed }
}

describe('flowcrm keys', () => {
  it('rotates a workspace’s key: tells how far it is, and when the old one ends', async () => {
    const rotated = await flowcrm(['keys', 'rotate', WORKSPACE])
    expect(rotated.err).toContain('Version 2 is used from')
    expect(rotated.err).toContain('3 of 3')
    expect(rotated).toMatchObject({ exit: 0, out: expect.stringMatching(HEADING) })
    expect(rotated.out).toMatch(new RegExp(`${WORKSPACE} +2 .* 1 +0 .* UTC +ROOT_KEY`))
    await stores.clock.advance(2 * HOUR)
    expect((await flowcrm(['keys', 'rotate', WORKSPACE])).out).toMatch(/ 2 .* none +0 +never /)
    const { out } = await flowcrm(['keys', 'status', WORKSPACE, '--json'])
    expect(JSON.parse(out)).toMatchObject({ workspaces: [{ version: 2, older: [], left: 0 }] })
  })

  it('changes the root key, and says whose keys are still under another one', async () => {
    const before = await flowcrm(['keys', 'status'], NEW_ROOT, ROOT_KEY)
    expect(before).toMatchObject({ exit: 1, out: expect.stringContaining('another') })
    const changed = await flowcrm(['keys', 'root'], NEW_ROOT, ROOT_KEY)
    expect(changed).toMatchObject({ exit: 0, out: expect.stringMatching(/^2 keys were wrapped/) })
    expect((await flowcrm(['keys', 'status'], NEW_ROOT)).exit).toBe(0)
  })

  it('changes nothing when the old root key is not given', async () => {
    const refused = await flowcrm(['keys', 'root'], NEW_ROOT)
    expect(refused).toMatchObject({ exit: 1, err: expect.stringContaining('ROOT_KEY_OLD') })
    expect((await flowcrm(['keys', 'status'])).exit).toBe(0)
  })

  it.each([
    ['a workspace that has no keys', ['rotate', 'nobody'], 'No such workspace has keys'],
    ['no workspace', ['rotate'], 'No such workspace has keys'],
    ['a word it does not know', ['destroy'], 'flowcrm keys status'],
  ])('does not take %s', async (_what, args, sentence) => {
    const refused = await flowcrm(['keys', ...args])
    expect(refused).toMatchObject({ exit: 2, err: expect.stringContaining(sentence) })
  })
})
