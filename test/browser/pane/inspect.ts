import axe from 'axe-core'
import type { Frame } from 'playwright-core'
import type { ThemeName } from '../../../sandbox/outlook/page/theme-colours.ts'
import { eventually } from '../../support/world.ts'
import type { Stage } from './stage.ts'

/** Fluent's focus guards: hidden on purpose and focusable on purpose, they hand the focus on at once. axe cannot know. */
const FOCUS_GUARDS = '[data-tabster-dummy]'
const COLOURS = ['color-contrast', 'link-in-text-block']

const PATIENTLY_MS = 10_000

type Finding = { id: string; nodes: { target: string[] }[] }

/** What axe finds in the pane's own document: all of its rules, or those about colours. */
async function axeFindings(frame: Frame, what: 'all' | 'colours'): Promise<string[]> {
  await frame.evaluate(`window.axe || (() => { ${axe.source} })()`)
  const options = {
    resultTypes: ['violations'],
    preload: false,
    ...(what === 'colours' && { runOnly: COLOURS }),
  }
  const violations = await frame.evaluate<Finding[]>(
    `axe.run({ exclude: ['${FOCUS_GUARDS}'] }, ${JSON.stringify(options)})
      .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes })))`,
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)
}

/** Elements that are wider than the pane, or cut off what stands in them. */
const tooWide = (frame: Frame) =>
  frame.evaluate<string[]>(`(() => {
    const { clientWidth } = document.documentElement
    const isWide = (element) => {
      const { left, right, width } = element.getBoundingClientRect()
      return width > 1 && (left < -0.5 || right > clientWidth + 0.5)
    }
    return [...document.querySelectorAll('main *, header *')]
      .filter(isWide)
      .map((element) => element.tagName + ': ' + element.textContent.slice(0, 60))
  })()`)

const groundOf = (frame: Frame) =>
  frame.evaluate<string>(
    `getComputedStyle(document.querySelector('main').parentElement).backgroundColor`,
  )

/** Into another of Outlook's themes, or the system's where Outlook tells nothing; false: it looks the same. */
async function enterTheme(stage: Stage, theme: ThemeName): Promise<boolean> {
  const { frame, page } = stage
  const before = await groundOf(frame)
  await page.emulateMedia({ colorScheme: theme === 'light' ? 'light' : 'dark' })
  await stage.theme(theme)
  return eventually(
    () => groundOf(frame),
    (ground) => ground !== before,
    PATIENTLY_MS,
  ).then(
    () => true,
    () => false,
  )
}

/** Everything that is wrong with the pane as it is now; it ends in the light theme. */
export async function faultsOf(stage: Stage, themes: ThemeName[]): Promise<string[]> {
  const { frame } = stage
  const faults = [...stage.faults.splice(0), ...(await tooWide(frame))]
  faults.push(...(await axeFindings(frame, 'all')))
  for (const theme of themes) {
    const isOther = await enterTheme(stage, theme)
    const findings = isOther ? await axeFindings(frame, 'colours') : ['looks as before']
    faults.push(...findings.map((finding) => `${theme}: ${finding}`))
  }
  if (themes.length > 0) await enterTheme(stage, 'light')
  stage.faults.length = 0 // axe itself tries what the policy forbids
  return faults
}
