/** A one-page A4 PDF 1.4 with a title and lines in Helvetica; only Latin-1 text. */
export function aPdf(title: string, lines: readonly string[]): Uint8Array {
  const escape = (text: string) => text.replace(/[()\\]/g, '\\$&')
  const rows = lines.map((line) => `0 -20 Td (${escape(line)}) Tj`)
  const page = [`BT /F1 20 Tf 60 770 Td (${escape(title)}) Tj /F1 11 Tf 0 -14 Td`, ...rows, 'ET']
  const stream = page.join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  const size = objects.length + 1
  const tail = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(
    `${file}xref\n0 ${size}\n0000000000 65535 f \n${entries.join('')}${tail}`,
    'latin1',
  )
}
