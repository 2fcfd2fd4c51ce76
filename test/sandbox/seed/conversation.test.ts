import { describe, expect, it } from '@jest/globals'
import { conversation, type Draft } from '../../../sandbox/seed/letter.ts'
import { alice, bob, nora, sales, tom } from '../../../sandbox/seed/people.ts'
import { copiesOf } from '../../../sandbox/seed/post-office.ts'
import { now, read } from './reading.ts'

const draft = (change: Partial<Draft> = {}): Draft => ({
  at: [2, '09:00'],
  from: nora,
  to: [alice],
  text: 'More <beans> & milk?\n\nPlease.',
  ...change,
})

describe('a conversation', () => {
  it('answers the mail before, or the one it names, with RE: and the same subject', () => {
    const letters = conversation('beans', 'Beans', [
      draft(),
      draft({ from: alice, to: [nora] }),
      draft({ from: bob, to: [nora], answers: 0 }),
      draft({ subject: 'Automatic reply: Beans' }),
    ])
    expect(letters.map(({ key }) => key)).toEqual(['beans/0', 'beans/1', 'beans/2', 'beans/3'])
    expect(letters.map(({ subject }) => subject)).toEqual([
      'Beans',
      'RE: Beans',
      'RE: Beans',
      'Automatic reply: Beans',
    ])
    expect(letters.map(({ parent }) => parent?.key)).toEqual([
      undefined,
      'beans/0',
      'beans/0',
      'beans/2',
    ])
  })

  it('is quoted in answers: in text after >, in HTML below a line', async () => {
    const [, answer] = conversation('beans', 'Beans', [
      draft(),
      draft({ at: [1, '09:00'], from: alice, to: [nora], text: 'Of course.' }),
    ])
    const email = await read(copiesOf(answer!, now)[0]!.mime())
    expect(email.text).toContain('Of course.\n\nAlice Archer')
    expect(email.text).toContain('Nora Lindqvist wrote:\n> More <beans> & milk?\n>\n> Please.')
    expect(email.html).toMatch(/Of course\.[^]*border-top[^]*More &#60;beans&#62; &#38; milk\?/)
  })

  it('is plain where the writer’s mail program is', async () => {
    const [letter] = conversation('pipes', 'Pipes', [draft({ from: tom })])
    const email = await read(copiesOf(letter!, now)[0]!.mime())
    expect(email.html).toBeUndefined()
    expect(email.text).toContain('Please.\n\nTom\n')
  })
})

describe('the post office', () => {
  const placesOf = (change: Partial<Draft>) =>
    copiesOf(conversation('x', 'X', [draft(change)])[0]!, now).map(({ mailbox, folder }) => [
      mailbox,
      folder.join('/'),
    ])

  it('leaves a copy with the sender and one in each mailbox reached, however often it is named', () => {
    expect(placesOf({ from: alice, to: [nora, bob], cc: [bob, sales] })).toEqual([
      ['alice@contoso.test', 'sentitems'],
      ['bob@contoso.test', 'inbox'],
      ['sales@contoso.test', 'inbox'],
    ])
  })

  it('gives the sender who writes to himself both copies', () => {
    expect(placesOf({ from: bob, to: [bob] })).toEqual([
      ['bob@contoso.test', 'sentitems'],
      ['bob@contoso.test', 'inbox'],
    ])
  })

  it('delivers to those in Bcc and on lists', () => {
    expect(placesOf({ to: [], bcc: [bob], alsoTo: [sales] })).toEqual([
      ['bob@contoso.test', 'inbox'],
      ['sales@contoso.test', 'inbox'],
    ])
  })

  it('sends no draft', () => {
    expect(placesOf({ from: alice, to: [bob], isDraft: true })).toEqual([
      ['alice@contoso.test', 'drafts'],
    ])
  })

  it('files a received copy where its owner wants it, a sent one in Sent Items all the same', () => {
    const filed = { alice: { folder: ['archive'], unread: true as const } }
    expect(placesOf({ filed })).toEqual([['alice@contoso.test', 'archive']])
    expect(placesOf({ from: alice, to: [nora], filed })).toEqual([
      ['alice@contoso.test', 'sentitems'],
    ])
  })
})
