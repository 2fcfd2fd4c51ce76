import { readFileSync } from 'node:fs'
import ts from 'typescript'

/** A regular expression of the source, and where it stands. */
export type Found = { where: string; regex: RegExp }

/** Those of a file; and the file once more for each that is made of what comes. */
export function regexesOf(file: string): { found: Found[]; untold: string[] } {
  const text = readFileSync(file, 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: Found[] = []
  const untold: string[] = []
  const constants = constantsOf(source)
  const look = (node: ts.Node): void => {
    const where = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
    if (ts.isRegularExpressionLiteral(node)) found.push({ where, regex: literal(node) })
    if (isMaking(node)) {
      const [pattern, flags] = (node.arguments ?? []).map((each) => valueOf(each, constants))
      if (pattern === undefined) untold.push(file)
      else found.push({ where, regex: new RegExp(pattern, flags?.toString()) })
    }
    ts.forEachChild(node, look)
  }
  look(source)
  return { found, untold }
}

const isMaking = (node: ts.Node): node is ts.NewExpression | ts.CallExpression =>
  (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp'

function literal({ text }: ts.RegularExpressionLiteral): RegExp {
  const end = text.lastIndexOf('/')
  return new RegExp(text.slice(1, end), text.slice(end + 1))
}

type Constants = ReadonlyMap<string, ts.Expression>

function constantsOf(source: ts.SourceFile): Constants {
  const declared = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
  return new Map(
    declared.flatMap(({ name, initializer }) =>
      initializer ? [[name.getText(), initializer]] : [],
    ),
  )
}

/** What an expression comes to, as far as constants of its file tell. */
function valueOf(node: ts.Expression, constants: Constants): string | RegExp | undefined {
  if (ts.isRegularExpressionLiteral(node)) return literal(node)
  if (ts.isStringLiteral(node)) return node.text
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'String.raw')
    return written(node.template, constants, (piece) => piece.rawText ?? piece.text)
  if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node))
    return written(node, constants, (piece) => piece.text)
  const constant = ts.isIdentifier(node) ? constants.get(node.text) : undefined
  return constant && valueOf(constant, constants)
}

type Piece =
  ts.NoSubstitutionTemplateLiteral | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail

function written(
  template: ts.TemplateLiteral,
  constants: Constants,
  textOf: (piece: Piece) => string,
): string | undefined {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return textOf(template)
  let whole = textOf(template.head)
  for (const { expression, literal } of template.templateSpans) {
    const value = valueOf(expression, constants)
    if (value === undefined) return undefined
    whole += value.toString() + textOf(literal)
  }
  return whole
}
