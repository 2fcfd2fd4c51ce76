/** @jest-environment jsdom */
import { beforeEach, describe, expect, it } from '@jest/globals'
import { render, screen } from '@testing-library/react'
import { App } from '../../../addin/taskpane/app.tsx'
import { tongueOf } from '../../../addin/taskpane/language/tongue.ts'
import { aMessage, World } from '../support/fake-crm.ts'
import { emptyPage } from '../support/page.ts'

beforeEach(emptyPage)

describe('the language of Outlook', () => {
  it.each([
    ['en-US', 'ltr'],
    ['de-DE', 'ltr'],
    ['ku-TR', 'ltr'],
    ['ar-SA', 'rtl'],
    ['he-IL', 'rtl'],
    ['fa-IR', 'rtl'],
    ['ur-PK', 'rtl'],
    ['az-Arab', 'rtl'],
  ])('%s runs %s', (tag, dir) => {
    expect(tongueOf(tag)).toEqual({ locale: tag, dir })
  })

  it.each([undefined, '', 'not a language'])('"%s" is the browser’s own', (tag) => {
    expect(tongueOf(tag)).toEqual({ locale: undefined, dir: 'ltr' })
  })

  it('turns the page and its dates; the words stay English and say so', async () => {
    const world = new World()
    world.open = { kind: 'message', message: aMessage({ sentAt: '2020-11-21T08:00:00.000Z' }) }
    const outlook = Promise.resolve({ ...world.outlook, language: 'he-IL' })
    document.documentElement.lang = 'en'
    render(<App {...world.parts} outlook={outlook} />)
    const subject = await screen.findByText('Quote for 40 seats')
    const { documentElement: page } = document
    expect([page.dir, page.lang, subject.getAttribute('dir')]).toEqual(['rtl', 'en', 'auto'])
    const time = document.querySelector('time')
    expect(time?.lang).toBe('he-IL')
    expect(time?.textContent).toMatch(/\p{Script=Hebrew}/u)
  })
})
