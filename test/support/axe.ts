import axe from 'axe-core'
import type { Frame, Page } from 'playwright-core'

/** Fluent's focus guards: hidden on purpose and focusable on purpose, they hand the focus on at once. axe cannot know. */
const FOCUS_GUARDS = '[data-tabster-dummy]'

type Finding = { id: string; nodes: { target: string[] }[] }

/** Colours on their way from one to another are no fault; what turns for ever is not waited for. */
const AT_REST = `Promise.allSettled(
  document
    .getAnimations()
    .filter((one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished),
).then(() => {})`

/**
 * What axe finds wrong with the document, as one line for each rule: by all of its rules, or by those named. Documents in
 * frames are not looked at; one that has no scripts could not answer.
 */
export async function accessibilityFaults(
  document: Page | Frame,
  rules: string[] | null = null,
): Promise<string[]> {
  await document.evaluate(`void (window.axe || (() => { ${axe.source} })())`) // else all of axe would be the answer
  await document.evaluate(AT_REST)
  const options = {
    ...{ resultTypes: ['violations'], preload: false, iframes: false },
    ...(rules && { runOnly: rules }),
  }
  const violations = await document.evaluate<Finding[]>(
    `axe.run({ exclude: ['${FOCUS_GUARDS}'] }, ${JSON.stringify(options)})
      .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes })))`,
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)
}

/** The same of Outlook's page and of the pane in it. */
export async function accessibilityFaultsWithPane(outlook: Page): Promise<string[]> {
  const pane = await outlook.locator('iframe[title=FlowCRM]').elementHandle()
  const frame = await pane?.contentFrame()
  if (!frame) throw new Error('there is no pane')
  return [...(await accessibilityFaults(outlook)), ...(await accessibilityFaults(frame))]
}
