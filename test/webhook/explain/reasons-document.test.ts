import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { ledgerStates } from '../../../models/ledger-entry.ts'
import { helpOf, reasons, type ReasonCode } from '../../../webhook/sync/decide/reasons.ts'

const [file = ''] = helpOf('new').split('#')
/** Each chapter is a state, each section in it a reason. */
const chapters = readFileSync(file, 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((chapter) => {
    const [title = '', ...sections] = chapter.split(/^### /m)
    return { state: title.split('\n')[0]!.trim().toLowerCase(), sections }
  })
const told = chapters.flatMap(({ state, sections }) =>
  sections.map((section) => {
    const [code = '', ...text] = section.split('\n')
    return { code: code.trim(), state, text: text.join(' ').trim() }
  }),
)
const codes = Object.keys(reasons) as ReasonCode[]

describe('the document of the reasons', () => {
  it('has one section for each reason, under its code, and no other', () => {
    expect(told.map(({ code }) => code).toSorted()).toEqual(codes.toSorted())
  })

  it('tells each reason under the state that it explains', () => {
    expect(told.map(({ code, state }) => [code, state])).toEqual(
      told.map(({ code }) => [code, reasons[code as ReasonCode].state]),
    )
    expect(chapters.map(({ state }) => state).toSorted()).toEqual(ledgerStates.toSorted())
  })

  it('says more about each than the ledger does', () => {
    for (const { code, text } of told)
      expect({ code, isLonger: text.length > reasons[code as ReasonCode].sentence.length }).toEqual(
        {
          code,
          isLonger: true,
        },
      )
  })

  it('is where the link of each reason leads', () => {
    for (const code of codes) expect(helpOf(code)).toBe(`docs/reasons.md#${code}`)
  })
})
