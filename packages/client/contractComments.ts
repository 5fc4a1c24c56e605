import ts from 'typescript'

const compilerOptions: ts.CompilerOptions = {
  strict: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  allowImportingTsExtensions: true,
  noEmit: true,
}

/**
 * Reads the contract's source as the compiler sees it.
 * @param source the file that exports `contract`
 */
export function readContract(source: string): { checker: ts.TypeChecker; contract: ts.Type } {
  const program = ts.createProgram([source], compilerOptions)
  const checker = program.getTypeChecker()
  const module = checker.getSymbolAtLocation(program.getSourceFile(source)!)!
  const contract = checker.getExportsOfModule(module).find(({ name }) => name === 'contract')!
  return { checker, contract: checker.getTypeOfSymbol(contract) }
}

/**
 * Gives the comment of whatever stands at a path in the contract, `''` when there is none:
 * `['products', 'list']`, `['products', 'list', 'output', 'items', '[]', 'sku']`. On a path `[]` is an item
 * of a list, and `|0` the first choice of a union.
 * @param source the file that exports `contract`
 */
export function commentReader(source: string): (path: readonly string[]) => string {
  const { checker, contract } = readContract(source)
  const argumentsOf = (type: ts.Type) => checker.getTypeArguments(type as ts.TypeReference)
  const unwrapped = (type: ts.Type): ts.Type =>
    wrappers.includes(type.symbol?.name) ? unwrapped(argumentsOf(type)[0]!) : type

  function memberOf(type: ts.Type, name: string): ts.Symbol {
    const holder = type.symbol?.name === 'ZodObject' ? argumentsOf(type)[0]! : type
    const member = checker.getPropertyOfType(holder, name)
    if (member === undefined) throw new Error(`the contract's source has no "${name}" here`)
    return member
  }

  function typeAt(path: readonly string[]): ts.Type {
    return path.reduce((type, step) => {
      if (step === '[]') return unwrapped(argumentsOf(type)[0]!)
      if (step.startsWith('|')) {
        const choices = argumentsOf(argumentsOf(type)[0]!)
        return unwrapped(choices[Number(step.slice(1))]!)
      }
      return unwrapped(checker.getTypeOfSymbol(memberOf(type, step)))
    }, contract)
  }

  return (path) => commentOf(memberOf(typeAt(path.slice(0, -1)), path.at(-1)!), checker)
}

const wrappers = ['ZodOptional', 'ZodNullable', 'ZodDefault']

/**
 * The comment of a property itself, or else of the constant that its value is made from; `query` and
 * its like are no constants, and say nothing of what they make.
 */
export function commentOf(property: ts.Symbol, checker: ts.TypeChecker): string {
  const own = ts.displayPartsToString(property.getDocumentationComment(checker))
  if (own !== '') return own
  const origin = originOf(property.declarations?.[0], checker)
  if (origin?.valueDeclaration && ts.isFunctionDeclaration(origin.valueDeclaration)) return ''
  return ts.displayPartsToString(origin?.getDocumentationComment(checker))
}

/** What the value of a property begins with: `id` in `{ id }` and in `lotId: id.nullable()`. */
function originOf(
  declaration: ts.Declaration | undefined,
  checker: ts.TypeChecker,
): ts.Symbol | undefined {
  const symbol = namedSymbol(declaration, checker)
  if (symbol === undefined || (symbol.flags & ts.SymbolFlags.Alias) === 0) return symbol
  return checker.getAliasedSymbol(symbol)
}

function namedSymbol(
  declaration: ts.Declaration | undefined,
  checker: ts.TypeChecker,
): ts.Symbol | undefined {
  if (declaration === undefined) return undefined
  if (ts.isShorthandPropertyAssignment(declaration)) {
    return checker.getShorthandAssignmentValueSymbol(declaration)
  }
  if (!ts.isPropertyAssignment(declaration)) return undefined
  let value = declaration.initializer
  while (ts.isCallExpression(value)) {
    const { expression } = value
    value = ts.isPropertyAccessExpression(expression) ? expression.expression : expression
  }
  return checker.getSymbolAtLocation(value)
}
