import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import {
  MAX_EML_BYTES,
  readEmlFolder,
  withCrlf,
  type SkippedFile,
} from '../../../sandbox/seed/import-eml.ts'
import { aMime } from '../../../sandbox/seed/mime-builder.ts'
import { read } from './reading.ts'

describe("anybody's own mail", () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eml-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const write = async (path: string, content: string | Uint8Array) => {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  const imported = async (onSkip?: (file: SkippedFile) => void) => {
    const files: { path: string; mime: Uint8Array }[] = []
    for await (const { path, mime } of readEmlFolder(folder, onSkip))
      files.push({ path: relative(folder, path), mime })
    return files
  }

  it('is read from nested folders, by name, and nothing but .eml files', async () => {
    await write('b.eml', aMime({ subject: 'b' }))
    await write('2025/trip/z.EML', aMime({ subject: 'z' }))
    await write('a.eml', aMime({ subject: 'a' }))
    await write('notes.txt', 'not a mail')
    await mkdir(join(folder, 'folder.eml'))
    await symlink(join(folder, 'nowhere.eml'), join(folder, 'dangling.eml'))
    const files = await imported()
    expect(files.map(({ path }) => path)).toEqual([join('2025', 'trip', 'z.EML'), 'a.eml', 'b.eml'])
    const subjects = await Promise.all(files.map(async ({ mime }) => (await read(mime)).subject))
    expect(subjects).toEqual(['z', 'a', 'b'])
  })

  it('gets CRLF where it has bare LF, and is otherwise untouched', async () => {
    await write('unix.eml', 'Subject: x\n\nübung\r\nend\n')
    await write('whole.eml', Uint8Array.from([0x0d, 0x0a, 0x0d, 0xff, 0x00]))
    const [unix, whole] = await imported()
    expect(Buffer.from(unix!.mime).toString()).toBe('Subject: x\r\n\r\nübung\r\nend\r\n')
    expect([...whole!.mime]).toEqual([0x0d, 0x0a, 0x0d, 0xff, 0x00])
    const asItIs = Buffer.from('a\r\nb')
    expect(withCrlf(asItIs)).toBe(asItIs)
  })

  it('above 150 MB is told about and left out, the rest goes on', async () => {
    await write('huge.eml', '')
    await truncate(join(folder, 'huge.eml'), MAX_EML_BYTES + 1) // sparse: takes no room
    await write('small.eml', aMime())
    const skipped: SkippedFile[] = []
    const files = await imported((file) => skipped.push(file))
    expect(files.map(({ path }) => path)).toEqual(['small.eml'])
    expect(skipped).toEqual([
      { path: join(folder, 'huge.eml'), reason: 'too-large', sizeBytes: MAX_EML_BYTES + 1 },
    ])
  })

  it('says which folder is missing', async () => {
    const nowhere = join(folder, 'nowhere')
    await expect(readEmlFolder(nowhere).next()).rejects.toMatchObject({
      name: 'ImportFolderError',
      code: 'import-folder-missing',
      folder: nowhere,
    })
    await write('file', '')
    await expect(readEmlFolder(join(folder, 'file')).next()).rejects.toMatchObject({
      code: 'import-folder-missing',
    })
  })

  it('says when a folder holds no mail', async () => {
    await write('notes.txt', '')
    await expect(imported()).rejects.toMatchObject({ code: 'import-folder-empty', folder })
  })
})
