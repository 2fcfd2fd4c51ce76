import type { Frame } from 'playwright-core'
import type { ThemeName } from '../../../sandbox/outlook/page/theme-colours.ts'
import { accessibilityFaults } from '../../support/axe.ts'
import { eventually } from '../../support/world.ts'
import type { Stage } from './stage.ts'

const COLOURS = ['color-contrast', 'link-in-text-block']

const PATIENTLY_MS = 10_000

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
  faults.push(...(await accessibilityFaults(frame)))
  for (const theme of themes) {
    const isOther = await enterTheme(stage, theme)
    const findings = isOther ? await accessibilityFaults(frame, COLOURS) : ['looks as before']
    faults.push(...findings.map((finding) => `${theme}: ${finding}`))
  }
  if (themes.length > 0) await enterTheme(stage, 'light')
  stage.faults.length = 0 // axe itself tries what the policy forbids
  return faults
}
