import type { Lockable, NeverLogRule } from '../../../models/wire/rules.ts'
import type { SomeRules } from '../../../models/wire/rules/rule-versions.ts'
import { WHEN_GONE, dayWords } from '../../compliance/retention/retention-words.ts'
import { windowWord } from '../../mailboxes/settings/words.ts'
import { QUESTIONS, wordsFor, type ChoiceKey } from '../fields/words.ts'
import { entryWords, ruleWords } from '../never-log/words.ts'
import { same, without } from '../rebase.ts'

/** What is not in the rules themselves. */
export type Telling = {
  /** What holds where nothing was chosen: "as your organization". */
  unchosen: string
  /** What a folder is called now. */
  folderName: (id: string) => string | undefined
}

/** How two sets of rules differ, in words: a line for each field, and none for what comes to the same. Pure. */
export function changeWords(was: SomeRules, now: SomeRules, telling: Telling): string[] {
  const choices = Object.values(CHOICES).flatMap(({ label, words }) => {
    const [before, after] = [words(was, telling), words(now, telling)]
    return before === after ? [] : [`${label}: ${before} → ${after}`]
  })
  return [...neverLogWords(was, now), ...choices, ...listWords(was, now, telling)]
}

type List =
  'neverLog' | 'locked' | 'ownDomains' | 'privacyAddresses' | 'excludedFolders' | 'keptOut'
type Choice = {
  label: string
  /** What the rules say of it. Without a choice: what holds then. */
  words: (rules: SomeRules, telling: Telling) => string
}

const amongFew = (key: ChoiceKey): Choice => ({
  label: QUESTIONS[key].label,
  words: ({ [key]: value }, { unchosen }) =>
    value === undefined ? unchosen : wordsFor(key, value),
})

const CHOICES: Record<Exclude<keyof SomeRules, List>, Choice> = {
  scope: amongFew('scope'),
  direction: amongFew('direction'),
  internalOnly: amongFew('internalOnly'),
  automated: amongFew('automated'),
  noCrmCategory: {
    label: 'Outlook category that keeps a mail out',
    words: ({ noCrmCategory: name }, { unchosen }) => (name === undefined ? unchosen : `“${name}”`),
  },
  windowDays: {
    label: 'Mail from before a mailbox was connected',
    words: ({ windowDays: days }) =>
      days === undefined ? 'Each mailbox chooses for itself' : windowWord(days),
  },
  deduplicate: {
    label: 'Copies of one mail in several mailboxes',
    words: ({ deduplicate }) => (deduplicate === false ? 'An e-mail each' : 'One e-mail'),
  },
  retentionDays: {
    label: 'How long mail is kept',
    words: ({ retentionDays: days }) => (days ? dayWords(days) : 'For ever'),
  },
  whenGone: {
    label: 'When a message is deleted in its mailbox',
    words: ({ whenGone }) => WHEN_GONE[whenGone ?? 'keep'],
  },
  timeZone: { label: 'Time zone', words: ({ timeZone }) => timeZone ?? 'UTC' },
  dropBox: {
    label: 'Drop-box address',
    words: ({ dropBox }) => {
      if (!dropBox) return 'None'
      return dropBox.byItself ? `${dropBox.address}, copied in by the add-in` : dropBox.address
    },
  },
}

/** For one whose list was only sorted, or divided into other rules. */
const ARRANGED = 'arranged otherwise'

function neverLogWords(was: SomeRules, now: SomeRules): string[] {
  if (same(was.neverLog ?? [], now.neverLog ?? [])) return []
  const { gone, come } = differences(was.neverLog, now.neverLog)
  // Of people of whom any one keeps a mail out, it does not matter which rule they are in; of others it does.
  const [anyGone, anyCome] = [entriesOf(gone), entriesOf(come)]
  const words = putAndTaken(
    [...anyCome.filter((each) => !anyGone.includes(each)), ...allParties(come)],
    [...anyGone.filter((each) => !anyCome.includes(each)), ...allParties(gone)],
  )
  return [`Never log: ${words}`]
}

const entriesOf = (rules: readonly NeverLogRule[]): string[] =>
  rules.flatMap(({ kind, entries }) => (kind === 'any-party' ? entries.map(entryWords) : []))

const allParties = (rules: readonly NeverLogRule[]): string[] =>
  rules.filter(({ kind }) => kind === 'all-parties').map((rule) => `“${ruleWords(rule)}”`)

function listWords(was: SomeRules, now: SomeRules, { folderName }: Telling): string[] {
  const line = (key: Exclude<List, 'neverLog'>, words: Words) => {
    if (same(was[key] ?? [], now[key] ?? [])) return []
    const { gone, come } = differences<string>(was[key], now[key])
    return words(come, gone)
  }
  const named = (label: string, name = (one: string) => one): Words => {
    return (come, gone) => [`${label}: ${putAndTaken(come.map(name), gone.map(name))}`]
  }
  return [
    ...line('locked', lockWords),
    ...line('ownDomains', named('Own domains')),
    ...line('privacyAddresses', named('Privacy addresses')),
    ...line(
      'excludedFolders',
      named('Folders left out', (id) => folderName(id) ?? 'a folder that is not watched any more'),
    ),
    ...line('keptOut', conversationWords),
  ]
}

type Words = (come: readonly string[], gone: readonly string[]) => string[]

const lockWords: Words = (come, gone) => {
  const labels = (keys: readonly string[]) =>
    keys.map((key) => CHOICES[key as Lockable].label).join(', ')
  return [
    ...(come.length > 0 ? [`Locked: ${labels(come)}`] : []),
    ...(gone.length > 0 ? [`Not locked any more: ${labels(gone)}`] : []),
    ...(come.length + gone.length === 0 ? [`Locked: ${ARRANGED}`] : []),
  ]
}

const conversationWords: Words = (come, gone) => {
  const words = [
    ...(come.length > 0 ? [`${come.length.toLocaleString()} more`] : []),
    ...(gone.length > 0 ? [`${gone.length.toLocaleString()} let in again`] : []),
  ]
  return [`Conversations kept out: ${words.join(', ') || ARRANGED}`]
}

function putAndTaken(put: readonly string[], taken: readonly string[]): string {
  const words = [
    ...(put.length > 0 ? [`added ${put.join(', ')}`] : []),
    ...(taken.length > 0 ? [`removed ${taken.join(', ')}`] : []),
  ]
  return words.join('; ') || ARRANGED
}

const differences = <One>(was: readonly One[] = [], now: readonly One[] = []) => ({
  ...{ gone: without(was, now), come: without(now, was) },
})

const FEW_LINES = 2
const FEW_CHARS = 120

/** The first of many lines, and of a long one its beginning; all of them where they are few and short. Pure. */
export function shortened(lines: readonly string[]): { short: string[]; isAll: boolean } {
  const short = lines.slice(0, FEW_LINES).map(cut)
  const isAll = lines.length <= FEW_LINES && short.every((line, nth) => line === lines[nth])
  return { short, isAll }
}

function cut(line: string): string {
  if (line.length <= FEW_CHARS) return line
  const begin = line.slice(0, FEW_CHARS)
  return `${begin.slice(0, Math.max(begin.lastIndexOf(' '), FEW_CHARS / 2))}…`
}
