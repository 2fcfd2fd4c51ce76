import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { repositoryFiles, SOURCE_FOLDERS, sourceFiles } from './files.ts'

const MAX_LINES = 300
const MAX_FILES = 12

const lineCount = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').length

describe('the size of things', () => {
  it(`keeps every file within ${MAX_LINES} lines`, () => {
    const long = sourceFiles([...SOURCE_FOLDERS, 'test'])
      .map((file) => ({ file, lines: lineCount(file) }))
      .filter(({ lines }) => lines > MAX_LINES)
    expect(long).toEqual([])
  })

  it(`keeps every folder of source within ${MAX_FILES} files`, () => {
    const filesIn = new Map<string, number>()
    for (const file of SOURCE_FOLDERS.flatMap((folder) => repositoryFiles(folder))) {
      const folder = path.dirname(file)
      if (folder !== 'addin/assets') filesIn.set(folder, (filesIn.get(folder) ?? 0) + 1)
    }
    expect([...filesIn].filter(([, files]) => files > MAX_FILES)).toEqual([])
  })
})
