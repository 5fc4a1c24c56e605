import { readFile, writeFile } from 'node:fs/promises'
import ts from 'typescript'
import { commentOf, readContract } from './contractComments.ts'

/**
 * Puts the comments of the contract's source into the types that were built from it: TypeScript writes
 * inferred types without them, and an editor would tell a user nothing of what a procedure does.
 * @param source the file that exports `contract`
 * @param files what was built; files without the type of `contract` stay as they are
 */
export async function documentTypes(source: string, files: readonly string[]): Promise<void> {
  const { checker, contract } = readContract(source)
  for (const file of files) {
    const text = await readFile(file, 'utf8')
    const type = builtType(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true))
    if (type === undefined) continue
    const comments = commentsFor(type, contract, checker)
    await writeFile(file, withComments(text, comments))
  }
}

/** The type that a file of built types gives to `contract`. */
function builtType(file: ts.SourceFile): ts.TypeNode | undefined {
  return file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find(({ name }) => name.getText() === 'contract')?.type
}

type Comment = { position: number; lines: string[] }

/** Walks the built type and the type of the source side by side. */
function commentsFor(node: ts.TypeNode, type: ts.Type, checker: ts.TypeChecker): Comment[] {
  if (ts.isTypeLiteralNode(node)) {
    return node.members.filter(ts.isPropertySignature).flatMap((member) => {
      const property = type.getProperty(member.name.getText())
      if (property === undefined || member.type === undefined) return []
      const inside = commentsFor(member.type, checker.getTypeOfSymbol(property), checker)
      const text = commentOf(property, checker)
      if (text === '') return inside
      return [{ position: member.getStart(), lines: text.split('\n') }, ...inside]
    })
  }
  // `readonly [A, B]`
  if (ts.isTypeOperatorNode(node)) return commentsFor(node.type, type, checker)
  const inner = type.aliasTypeArguments ?? checker.getTypeArguments(type as ts.TypeReference)
  return partsOf(node).flatMap((part, index) => {
    const other = inner[index]
    return other === undefined ? [] : commentsFor(part, other, checker)
  })
}

function partsOf(node: ts.TypeNode): readonly ts.TypeNode[] {
  if (ts.isTupleTypeNode(node)) return node.elements
  return ts.isTypeReferenceNode(node) ? (node.typeArguments ?? []) : []
}

function withComments(text: string, comments: readonly Comment[]): string {
  let result = ''
  let from = 0
  for (const { position, lines } of comments) {
    const before = text.slice(from, position)
    const indent = ' '.repeat(before.length - before.trimEnd().length - 1)
    const comment =
      lines.length === 1
        ? `/** ${lines[0]} */`
        : ['/**', ...lines.map((line) => `${indent} * ${line}`), `${indent} */`].join('\n')
    result += `${before}${comment}\n${indent}`
    from = position
  }
  return result + text.slice(from)
}
