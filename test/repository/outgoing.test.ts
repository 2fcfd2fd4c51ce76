import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import ts from 'typescript'
import { sourceFiles } from './files.ts'

/**
 * Who goes out, and to whom. Each goes to an address of the configuration, follows no redirect, and is attacked in
 * test/webhook/ssrf. Whoever adds a line here adds an attack there.
 */
const ways: Record<string, string[]> = {
  'webhook/context.ts': ['fetch'], // handed to the Graph client
  'webhook/provider/graph/requests/network.ts': ['fetch'],
  'webhook/provider/graph/requests/streaming.ts': ['fetch'], // the trip of network.ts
  'webhook/provider/graph/requests/graph-client.ts': ['Client'],
  'webhook/notifications/rich/authority-keys.ts': ['createRemoteJWKSet', 'fetch'],
  'webhook/sign-in/api-tokens.ts': ['createRemoteJWKSet'],
  'webhook/sign-in/authority-http.ts': ['fetch'],
  'webhook/sign-in/entra.ts': ['ConfidentialClientApplication', 'fetch'], // over authority-http.ts
  'webhook/service.ts': ['node:http'], // listens
}

/** What can open a connection by HTTP, as names and as modules. */
const names = new Set([
  ...['fetch', 'createRemoteJWKSet', 'Client', 'WebSocket', 'EventSource', 'XMLHttpRequest'],
  ...['ConfidentialClientApplication', 'PublicClientApplication', 'ManagedIdentityApplication'],
])
const modules = /^(?:node:)?(?:https?|http2|net|tls|dgram|undici|axios|node-fetch)$/

/** Names that are used as values, and modules that are imported for more than their types. */
function waysOut(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const found = new Set<string>()
  const look = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || (ts.isImportDeclaration(node) && isOfTypes(node))) return
    if (ts.isIdentifier(node) && names.has(node.text) && !ts.isImportSpecifier(node.parent))
      found.add(node.text)
    if (ts.isStringLiteral(node) && modules.test(node.text) && isModuleName(node))
      found.add(node.text)
    ts.forEachChild(node, look)
  }
  look(source)
  return [...found].sort()
}

const isModuleName = ({ parent }: ts.Node) =>
  ts.isImportDeclaration(parent) || ts.isCallExpression(parent) || ts.isExportDeclaration(parent)

function isOfTypes({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause || importClause.isTypeOnly) return importClause !== undefined
  const { namedBindings } = importClause
  if (!namedBindings || !ts.isNamedImports(namedBindings)) return false
  return namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
}

describe('the service goes out (I7)', () => {
  it('in these places alone', () => {
    const files = sourceFiles(['webhook', 'models'])
    const found = files.map((file) => [file, waysOut(file)] as const)
    expect(Object.fromEntries(found.filter(([, ways]) => ways.length > 0))).toEqual(ways)
  })

  it('and says each time what becomes of a redirect', () => {
    const calling = Object.keys(ways).filter((file) =>
      /\bfetch\(url/.test(readFileSync(file, 'utf8')),
    )
    expect(calling).toHaveLength(4)
    for (const file of calling)
      expect(readFileSync(file, 'utf8')).toMatch(/fetch\(url, \{[^}]*redirect: '(?:error|manual)'/)
  })
})
