import { describe, expect, it } from '@jest/globals'
import { sourceFiles } from '../files.ts'
import { regexesOf } from './collect.ts'
import { worstFor } from './race.ts'

const FOLDERS = ['webhook', 'models', 'addin', 'console', 'ui', 'sandbox']

/** Quadratic, and never meets a text of anybody: it spoils one mail that the seed wrote itself. */
const OF_OUR_OWN_TEXT = 'sandbox/seed/conversations/oddities.ts'

const all = sourceFiles(FOLDERS)
  .filter((file) => file !== OF_OUR_OWN_TEXT)
  .map(regexesOf)
const regexes = all.flatMap(({ found }) => found)

describe('the regular expressions of the source (I2)', () => {
  it('are all found; one is made of what comes, in a query to the database for trying things', () => {
    expect(regexes.length).toBeGreaterThan(200)
    expect(all.flatMap(({ untold }) => untold)).toEqual(['sandbox/database/query/match.ts'])
  })

  it.each(FOLDERS)(
    'of %s search a megabyte made to hurt in 50 ms, or in no more than its length accounts for',
    (folder) => {
      const slow = regexes
        .filter(({ where }) => where.startsWith(`${folder}/`))
        .map(({ where, regex }) => ({ where, regex: String(regex), ...worstFor(regex) }))
        .filter(({ isSlow }) => isSlow)
      expect(slow).toEqual([])
    },
  )
})

describe('the search for slow ones', () => {
  it.each([
    ...[/(a+)+$/, /^(?:a|a)*b/, /^(\w+\s?)*$/, /(?:x+y*)+z/, /\s+$/, /[ \t]*\n/],
    ...[/a.*b.*c/, /^(?:\d+,?)+;/, /(.*)-(.*)-(.*)-x/, /<!--[^]*?-->/, /a(?=.*b)/g],
    ...[/^\s*"?(.*?)"?\s*<(.+)>\s*$/, /^(?:[a-z]+ ?){5,}$/, /<[^>]*>/g],
    ...[/^\d{0,5}\.?\d{1,5}(?: \d{0,5}\.?\d{1,5}){0,24}$/],
  ])('finds %s', (regex) => {
    expect(worstFor(regex).isSlow).toBe(true)
  })

  it.each([
    ...[/^[a-z]+$/, /\s+/g, /^a{1,500}b?$/, /^(?:ab|cd)*$/, /[^\x20-\x7e]/g, /<[^<>]*>/g],
    ...[/^"(?:[^"\\]|\\.)*"$/, /(?<!\s)\s+$/],
  ])('leaves %s alone', (regex) => {
    expect(worstFor(regex).isSlow).toBe(false)
  })
})
