import type { Choice, Compose } from '../../../models/wire/pane/compose.ts'

/** What becomes of the message once it is sent: a headline, why, and what would change it. */
export type Fate = { headline: string; why?: string; change?: string }

/** Nobody reads this mailbox: only a person who opens what was sent can log it. */
const AFTERWARDS = 'Open it in Sent Items afterwards, and log it there.'

export function fateOf({ mailbox, sent, forecast }: Compose, { log }: Choice): Fate {
  if (forecast && !(forecast.canLog && log)) {
    const { sentence: why, change } = forecast
    const byItself = forecast.canLog ? ' by itself' : ''
    const headline = `This message will not be logged${byItself}.`
    return { headline, why, ...(change && { change: `What would change it: ${change}` }) }
  }
  if (mailbox === 'not-connected')
    return {
      headline: 'This message will not be logged by itself.',
      why: 'You have not connected this mailbox, so FlowCRM does not see what is sent from it.',
      change: AFTERWARDS,
    }
  if (sent === 'not-watched')
    return {
      headline: 'This message will not be logged by itself.',
      why: 'The folder of sent messages is not watched, so FlowCRM does not see it there.',
      change: AFTERWARDS,
    }
  const headline = 'This message will be logged when it is sent.'
  if (mailbox === 'paused')
    return { headline, why: 'This mailbox is paused: it is logged when that ends.' }
  if (mailbox === 'needs-attention')
    return { headline, why: 'This mailbox must be connected again first.' }
  if (sent === 'unknown')
    return { headline, why: 'FlowCRM reads it in Sent Items, if that folder is watched.' }
  if (!log) return { headline, why: 'Sent mail is watched, so nothing needs to be ticked.' }
  return { headline }
}

/** Why nothing can be chosen; null where something can. */
export function whyNoChoice(
  { mailbox, sent, forecast }: Compose,
  canCarry: boolean,
): string | null {
  if (forecast && !forecast.canLog) return 'Logging it is not possible. The reason is above.'
  if (mailbox === 'not-connected' || sent === 'not-watched')
    return `FlowCRM does not see what is sent from here. ${AFTERWARDS}`
  if (!canCarry)
    return `This Outlook cannot keep a choice with a message before it is sent. ${AFTERWARDS}`
  return null
}
