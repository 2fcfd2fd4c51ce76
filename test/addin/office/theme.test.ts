import { describe, expect, it } from '@jest/globals'
import { luminanceOf, readTheme } from '../../../addin/office/theme.ts'
import { FakeOffice } from '../support/fake-office.ts'

describe("Outlook's theme", () => {
  it.each([
    ['#ffffff', 'light'],
    ['#1f1f1f', 'dark'],
    ['fff', 'light'],
    ['#FFFF00', 'light'],
    ['#0000ff', 'dark'],
  ])('with background %s is %s', (bodyBackgroundColor, theme) => {
    const fake = new FakeOffice()
    fake.officeTheme = { bodyBackgroundColor }
    expect(readTheme(fake.office)).toBe(theme)
  })

  it.each(['#ffffff', '#ff0', '#00FF00'])(
    'is one of contrast when it writes %s on pure black',
    (bodyForegroundColor) => {
      const fake = new FakeOffice()
      fake.officeTheme = { bodyBackgroundColor: '#000000', bodyForegroundColor }
      expect(readTheme(fake.office)).toBe('contrast')
    },
  )

  it.each([
    ['#000000', '#e0e0e0', 'dark'],
    ['#000000', undefined, 'dark'],
    ['#262626', '#ffffff', 'dark'],
    ['#ffffff', '#000000', 'light'],
  ])('on %s with %s is none of contrast', (bodyBackgroundColor, bodyForegroundColor, theme) => {
    const fake = new FakeOffice()
    fake.officeTheme = { bodyBackgroundColor, ...(bodyForegroundColor && { bodyForegroundColor }) }
    expect(readTheme(fake.office)).toBe(theme)
  })

  it('is unknown where Outlook tells no colours, or none we can read', () => {
    expect(readTheme(new FakeOffice().office)).toBeNull()
    expect(luminanceOf('canvas')).toBeNull()
  })
})
