import { describe, expect, it } from '@jest/globals'
import { CharsetError, encodeText } from '../../../../sandbox/seed/mime/charset.ts'

describe('text in an old charset', () => {
  it.each([
    ['iso-2022-jp', '部長は三杯、 3 cups。\r\nカフェ'],
    ['shift_jis', '豆十キロ'],
    ['euc-jp', '見積り'],
    ['gb18030', '三座城市，Barista 900'],
    ['big5', '咖啡'],
    ['euc-kr', '한빛물류 coffee'],
    ['windows-1256', 'قهوة، من فضلكم؟'],
    ['windows-1255', 'כוסות'],
    ['iso-8859-1', 'naïve café'],
    ['utf-8', '☕ and all else 😀'],
  ])('reads back from %s', (charset, text) => {
    expect(new TextDecoder(charset, { fatal: true }).decode(encodeText(text, charset))).toBe(text)
  })

  it('goes in seven bits in iso-2022-jp, and each line ends in ASCII', () => {
    const bytes = Buffer.from(encodeText('豆\r\n豆', 'iso-2022-jp')).toString('latin1')
    expect(bytes).toBe('\x1b$BF&\x1b(B\r\n\x1b$BF&\x1b(B')
  })

  it('is refused, with the character named, where the charset lacks one', () => {
    const attempt = () => encodeText('eight € please ☕', 'iso-2022-jp')
    expect(attempt).toThrow(CharsetError)
    expect(attempt).toThrow(
      expect.objectContaining({ code: 'charset-lacks-character', character: '€' }),
    )
  })
})
