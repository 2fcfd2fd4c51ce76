import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { choosesForADraft, followsUp, logs } from './by-keyboard.ts'
import { faultsOf } from './inspect.ts'
import { Stage } from './stage.ts'
import { STATES } from './states/all.ts'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
})

describe('the pane at 320 px, in light, dark and contrast', () => {
  it.each(STATES)('$title', async ({ reach, says, leave, themes = [] }) => {
    await reach(stage)
    for (const words of says) await stage.shows(words)
    expect(await faultsOf(stage, themes)).toEqual([])
    await leave?.(stage)
  })
})

describe('somebody with a keyboard and no mouse', () => {
  it('signs in, chooses records and files, writes a note, logs, and hears it', () => logs(stage))

  it('writes a task down, ticks it off, and reads why a message is here', () => followsUp(stage))

  it('chooses for a draft what becomes of it', () => choosesForADraft(stage))
})
