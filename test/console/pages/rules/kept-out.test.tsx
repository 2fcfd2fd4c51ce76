/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { FakeService } from '../../support/fake-service.ts'
import { openConsole } from '../../support/open-console.tsx'
import { aRuleSet, changesOf, give, OF_ALICE, someRules, withAlice } from './rule-facts.ts'

const since = '2026-11-20T09:00:00.000Z'
const conversations = [
  { conversationId: 'c-3', since, subject: 'Your X-ray' },
  { conversationId: 'c-2', since, subject: null },
  { conversationId: 'c-1', since: null, subject: null },
]

const withKeptOut = (service: FakeService) => {
  withAlice(aRuleSet({ rules: someRules({ keptOut: ['c-1', 'c-2', 'c-3'] }) }))(service)
  give(service, `GET ${OF_ALICE}/kept-out`, { conversations, nextCursor: null })
}
const button = (name: string) => screen.findByRole('button', { name })

describe('a conversation that is kept out', () => {
  it('has a name, else the day on which that was said, and never its id', async () => {
    await using _page = await openConsole(withKeptOut, '/rules')
    const list = await screen.findByRole('list', { name: 'Conversations kept out' })
    const [named, dated, other] = [...list.children].map(({ textContent }) => textContent ?? '')
    expect(named).toMatch(/^Your X-rayKept out on .*20/)
    expect(dated).toMatch(/^A conversation kept out on .*20/)
    expect(other).toMatch(/^A conversation kept outLet in again$/)
    expect(document.body.textContent).not.toMatch(/c-\d/)
  })

  it('is let in again by itself, once that is saved', async () => {
    await using page = await openConsole(withKeptOut, '/rules')
    fireEvent.click(await button('Let in again: Your X-ray'))
    expect(document.activeElement?.textContent).toMatch(/^2 conversations are kept out/)
    expect(screen.queryByText('Your X-ray')).toBeNull()
    const rules = someRules({ keptOut: ['c-1', 'c-2'] })
    give(page.service, `PUT ${OF_ALICE}`, aRuleSet({ version: 5, rules }))
    fireEvent.click(await button('Save'))
    await screen.findByText(/^Saved/)
    expect(changesOf(page.service)[0]?.body).toEqual({ rules })
  })

  it('is let in again with all others, also where their names do not come', async () => {
    await using page = await openConsole((service) => {
      withKeptOut(service)
      give(service, `GET ${OF_ALICE}/kept-out`, {}, 503)
    }, '/rules')
    await screen.findByText('The conversations were not looked up')
    fireEvent.click(screen.getByText('Let all of them in again'))
    expect(document.activeElement?.textContent).toContain('No conversation is kept out')
    give(page.service, `PUT ${OF_ALICE}`, aRuleSet({ version: 5 }))
    fireEvent.click(await button('Save'))
    await screen.findByText(/^Saved/)
    expect(changesOf(page.service)[0]?.body).toEqual({ rules: someRules() })
  })

  it('of many are looked up page by page', async () => {
    await using page = await openConsole((service) => {
      withKeptOut(service)
      const first = { conversations: conversations.slice(0, 1), nextCursor: '1' }
      give(service, `GET ${OF_ALICE}/kept-out`, first)
    }, '/rules')
    const more = await button('Load more conversations')
    const list = screen.getByRole('list', { name: 'Conversations kept out' })
    expect(within(list).getAllByRole('listitem')).toHaveLength(1)
    const rest = { conversations: conversations.slice(1), nextCursor: null }
    give(page.service, `GET ${OF_ALICE}/kept-out`, rest)
    fireEvent.click(more)
    await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(3))
    expect(page.service.queries.get(`${OF_ALICE}/kept-out`)).toBe('cursor=1')
  })

  it('asks for nothing where there is none', async () => {
    await using page = await openConsole(withAlice(), '/rules')
    await screen.findByText(/^No conversation is kept out/)
    expect(page.service.requests.some(({ path }) => path.endsWith('kept-out'))).toBe(false)
  })
})
