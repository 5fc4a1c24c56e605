import { join } from 'node:path'
import ts from 'typescript'

/**
 * What an editor would tell of the fields of types: for each type the comments by the field's name.
 * The members of a union give their fields together.
 * @param folder where `@stockbook/client` is installed
 * @param types written with the package's exported types, for instance `ApiInputs['products']['get']`
 */
export function shownComments(
  folder: string,
  types: readonly string[],
): Map<string, ReadonlySet<string>>[] {
  const file = join(folder, 'shown.mts')
  const text = [
    "import type { ApiInputs, ApiOutputs } from '@stockbook/client'",
    ...types.map((type, index) => `export type Shown${index} = ${type}`),
  ].join('\n')
  const options = { strict: true, skipLibCheck: true, module: ts.ModuleKind.NodeNext, types: [] }
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (name) => name === file || fileExists(name)
  host.readFile = (name) => (name === file ? text : readFile(name))
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, text, rest[0], true) : getSourceFile(name, ...rest)
  const program = ts.createProgram([file], options, host)
  const source = program.getSourceFile(file)!
  const [problem] = program.getSemanticDiagnostics(source)
  if (problem) throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'))
  const checker = program.getTypeChecker()
  return source.statements
    .filter(ts.isTypeAliasDeclaration)
    .map(({ name }) => commentsOf(checker.getTypeAtLocation(name), checker))
}

function commentsOf(type: ts.Type, checker: ts.TypeChecker): Map<string, ReadonlySet<string>> {
  const members = type.isUnion() ? type.types : [type]
  const comments = new Map<string, Set<string>>()
  for (const property of members.flatMap((member) => checker.getPropertiesOfType(member))) {
    const comment = ts.displayPartsToString(property.getDocumentationComment(checker))
    comments.set(property.name, (comments.get(property.name) ?? new Set()).add(comment))
  }
  return comments
}
