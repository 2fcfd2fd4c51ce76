import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/** For each file the files it imports, types included. Relative imports carry their extension, so a path is enough. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>

export function importGraph(files: string[]): ImportGraph {
  return new Map(files.map((file) => [file, importsOf(file)]))
}

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'))
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.posix.join(path.posix.dirname(file), name))
}

/** Each cycle met on a walk through the graph, as the way around it; empty when there is none. */
export function cyclesOf(graph: ImportGraph): string[][] {
  const cycles: string[][] = []
  const done = new Set<string>()
  const walk = (file: string, way: string[]): void => {
    const seenAt = way.indexOf(file)
    if (seenAt >= 0) cycles.push([...way.slice(seenAt), file])
    if (seenAt >= 0 || done.has(file)) return
    for (const next of graph.get(file) ?? []) walk(next, [...way, file])
    done.add(file)
  }
  for (const file of graph.keys()) walk(file, [])
  return cycles
}
