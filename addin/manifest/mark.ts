/**
 * The mark: an envelope on a blue rounded square, its flap a tick. Drawn in a unit square by signed distances
 * (negative is inside), so that every size has its own clean edges.
 */

type Point = readonly [x: number, y: number]
type Colour = readonly [red: number, green: number, blue: number]

const TOP: Colour = [38, 128, 235]
const BOTTOM: Colour = [11, 79, 162]
const PAPER: Colour = [255, 255, 255]

/** size × size RGBA pixels. */
export function drawMark(size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 4)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      pixels.set(pixelAt((x + 0.5) / size, (y + 0.5) / size, size), (y * size + x) * 4)
  return pixels
}

function pixelAt(x: number, y: number, size: number): number[] {
  const inside = (distance: number) => Math.min(1, Math.max(0, 0.5 - distance * size))
  const tile = inside(box([x, y], [0.5, 0.5], [0.5, 0.5], 0.22))
  const ground = mix(TOP, BOTTOM, y)
  // Thinner than a pixel and a half, the tick would vanish at 16.
  const stroke = Math.max(0.05, 0.8 / size)
  const letter = inside(box([x, y], [0.5, 0.52], [0.34, 0.25], 0.06))
  const tick = inside(
    polyline(x, y, [
      [0.2, 0.34],
      [0.45, 0.57],
      [0.8, 0.3],
    ]) - stroke,
  )
  return [...mix(mix(ground, PAPER, letter), ground, tick * letter), tile * 255].map(Math.round)
}

/** Distance to a rounded box around `middle`. */
function box([x, y]: Point, middle: Point, half: Point, radius: number): number {
  const dx = Math.abs(x - middle[0]) - half[0] + radius
  const dy = Math.abs(y - middle[1]) - half[1] + radius
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius
}

/** Distance to the nearest of the lines through these points. */
function polyline(x: number, y: number, points: readonly Point[]): number {
  const distances = points.slice(1).map((end, at) => segment(x, y, points[at] ?? end, end))
  return Math.min(...distances)
}

function segment(x: number, y: number, [ax, ay]: Point, [bx, by]: Point): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length
  const at = Math.min(1, Math.max(0, along))
  return Math.hypot(x - ax - at * (bx - ax), y - ay - at * (by - ay))
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const blend = (a: number, b: number) => a + (b - a) * share
  return [blend(from[0], to[0]), blend(from[1], to[1]), blend(from[2], to[2])]
}
