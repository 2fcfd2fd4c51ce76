import { aPng, type Colour } from './png.ts'

const cream: Colour = [250, 246, 240]
const espresso: Colour = [78, 52, 46]
const white: Colour = [255, 255, 255]
const teal: Colour = [0, 120, 125]

const inEllipse = (dx: number, dy: number, rx: number, ry: number) =>
  (dx / rx) ** 2 + (dy / ry) ** 2 <= 1

/** A cup from the side on the brand's ground, 96 by 64 pixels. */
export const logo = (ground: Colour = teal): Uint8Array =>
  aPng(96, 64, (x, y) => {
    const cup = y >= 22 && y <= 50 && Math.abs(x - 44) <= 22 - ((y - 22) / 28) ** 3 * 8
    const handle = inEllipse(x - 66, y - 33, 11, 9) && !inEllipse(x - 65, y - 33, 6, 5) && x > 62
    const steam =
      y >= 6 && y <= 17 && [34, 44, 54].some((at) => Math.abs(x - at - Math.sin(y)) < 1.2)
    const saucer = inEllipse(x - 46, y - 55, 32, 3)
    return cup || handle || steam || saucer ? white : ground
  })

/** Bars on cream, one for each value from 0 to 1; the last one in the accent colour. */
export function barChart(values: readonly number[]): Uint8Array {
  const [width, height, gap] = [320, 160, 12]
  const step = (width - gap) / values.length
  return aPng(width, height, (x, y) => {
    const bar = Math.floor((x - gap) / step)
    const inBar = x >= gap && (x - gap) % step < step - gap
    const high = (values[bar] ?? 0) * (height - 24)
    if (y >= height - 8 && y < height - 6) return espresso
    if (!inBar || y >= height - 8 || y < height - 8 - high) return cream
    return bar === values.length - 1 ? teal : [176, 148, 130]
  })
}

/** A cup seen from above; with `spill` there is more coffee beside it than in it. */
export const cupFromAbove = (spill = false): Uint8Array =>
  aPng(200, 150, (x, y) => {
    if (inEllipse(x - 90, y - 75, 42, 42))
      return inEllipse(x - 90, y - 75, spill ? 18 : 36, spill ? 18 : 36) ? espresso : white
    if (inEllipse(x - 90, y - 75, 62, 62)) return [226, 222, 216]
    if (spill && inEllipse(x - 162, y - 108, 34 + Math.sin(y / 3) * 3, 22)) return [110, 76, 60]
    return [196 + ((x * 7 + y * 3) % 9), 164 + ((x * 5) % 7), 128]
  })

/** A floor plan: walls, two doors and a dot where each machine stands. */
export const floorPlan = (machines: readonly (readonly [x: number, y: number])[]): Uint8Array =>
  aPng(300, 180, (x, y) => {
    if (machines.some(([mx, my]) => inEllipse(x - mx, y - my, 7, 7))) return teal
    const outer = x < 4 || x >= 296 || y < 4 || y >= 176
    const inner =
      (Math.abs(x - 190) < 2 && (y < 70 || y > 105)) || (Math.abs(y - 110) < 2 && x < 130)
    return outer || inner ? [90, 90, 96] : [245, 246, 248]
  })
