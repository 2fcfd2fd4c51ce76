import { describe, expect, it } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { drawMark } from '../../../addin/manifest/mark.ts'
import { encodePng, pngSize } from '../../../addin/manifest/png.ts'

const sizes = [16, 20, 24, 25, 32, 40, 48, 50, 64, 75, 80, 96, 128, 144]

describe('the icons', () => {
  it('are there in every size, as the script draws them', () => {
    expect(readdirSync('addin/assets').sort()).toEqual(
      sizes.map((size) => `icon-${size}.png`).sort(),
    )
    for (const size of sizes) {
      const file = readFileSync(`addin/assets/icon-${size}.png`)
      expect(pngSize(file)).toEqual({ width: size, height: size })
      expect(pixelsOf(file)).toEqual(pixelsOf(encodePng(size, drawMark(size))))
    }
  })

  it('have clear corners and paper in the middle', () => {
    const at = (x: number, y: number) => [
      ...drawMark(64).subarray((y * 64 + x) * 4, (y * 64 + x) * 4 + 4),
    ]
    expect(at(0, 0)[3]).toBe(0)
    expect(at(32, 46)).toEqual([255, 255, 255, 255])
  })

  it('are not read from what is no PNG', () => {
    expect(pngSize(Buffer.from('GIF89a'))).toBeNull()
    expect(pngSize(Buffer.alloc(24))).toBeNull()
  })
})

/** Inflated: another zlib may pack the same picture otherwise. */
function pixelsOf(file: Buffer): Buffer {
  const at = file.indexOf('IDAT')
  return inflateSync(file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4)))
}
