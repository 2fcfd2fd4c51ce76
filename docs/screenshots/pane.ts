import { mkdir } from 'node:fs/promises'
import { KICK_OFF } from '../../test/browser/pane/mail.ts'
import { Stage } from '../../test/browser/pane/stage.ts'
import { STATES } from '../../test/browser/pane/states/all.ts'
import { checkSize } from './check-size.ts'

const FOLDER = 'docs/screens/pane'
const MAX_BYTES = 40 * 1024
/** Leaves some 600 px to the pane, as on a common screen. */
const PAGE_HEIGHT = 740
/** What they are about stands further down. */
const BELOW: Record<string, string> = { 'create-contact': 'Create', 'add-task': 'Save task' }
const LEAST_HEIGHT = 200
const DARK_TOO = new Set(['not-logged', 'logged', 'draft-chosen', '5xx'])
/** The page shows a phone's screen in its middle. */
const PHONE = { width: 1366, height: 800 }

/** One picture of each state of the pane, as its suite in test/browser/pane reaches them. */
export async function takePane(only: (name: string) => boolean = () => true): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  await using stage = await Stage.open(PAGE_HEIGHT)
  for (const { name, reach, says, leave } of STATES) {
    await reach(stage)
    for (const words of says) await stage.shows(words)
    if (only(name)) await shootAll(stage, name)
    await leave?.(stage)
  }
  if (only('phone')) await takePhone(stage)
}

/** The whole screen of a phone. */
async function takePhone(stage: Stage): Promise<void> {
  await stage.open(KICK_OFF)
  await stage.page.setViewportSize(PHONE)
  await stage.client('ios')
  await stage.shows(/In the CRM since/)
  await shoot(stage, 'phone')
}

async function shootAll(stage: Stage, name: string): Promise<void> {
  await shoot(stage, name)
  if (!DARK_TOO.has(name)) return
  for (const theme of ['dark', 'contrast'] as const) {
    await stage.theme(theme)
    await shoot(stage, `${name}-${theme}`)
  }
  await stage.theme('light')
  if (name !== 'logged') return
  await stage.page.getByLabel('Width').selectOption('450')
  await shoot(stage, `${name}-450`)
  await stage.page.getByLabel('Width').selectOption('320')
}

/** The pane alone, down to the end of what it shows or can show at once. */
async function shoot(stage: Stage, name: string): Promise<void> {
  await stage.page.mouse.move(0, 0)
  await stage.frame.evaluate('scrollTo(0, 0)')
  const below = BELOW[name]
  if (below) await stage.button(new RegExp(`^${below}$`)).scrollIntoViewIfNeeded()
  await stage.page.waitForTimeout(100)
  const box = await stage.page.locator('#pane-place').boundingBox()
  if (!box) throw new Error('The pane is closed.')
  const content = await stage.frame.evaluate<number>(
    `document.querySelector('main').getBoundingClientRect().bottom`,
  )
  const height = Math.ceil(Math.min(box.height, Math.max(content, LEAST_HEIGHT)))
  const path = `${FOLDER}/${name}.png`
  await stage.page.screenshot({ path, animations: 'disabled', clip: { ...box, height } })
  await checkSize(path, MAX_BYTES)
}
