import { type ProcedureName, procedure } from './procedures.ts'

/**
 * What is wrong with each field, one sentence each, in the person's language: the rules that the
 * server applied are here too, and speak it. What they do not find is told as the server said it.
 * @param told by the server: field to sentences, `''` for the input as a whole
 */
export async function issuesIn(
  { procedure: name, input }: { procedure: ProcedureName; input: unknown },
  told: Readonly<Record<string, readonly string[]>>,
  locale: string,
): Promise<Record<string, string>> {
  const { ruleIn, sayIn } = await import('./sentences.ts')
  const errors: Record<string, string> = {}
  for (const [field, sentences] of Object.entries(told)) {
    errors[field] = sentences.map((sentence) => ruleIn(locale, sentence)).join('; ')
  }
  const { error } = procedure(name).input.safeParse(input, { error: sayIn(locale) })
  // The first is what is wrong most: what is missing breaks other rules too.
  for (const issue of error?.issues.toReversed() ?? []) {
    const field = issue.path.join('.')
    if (field in errors) errors[field] = ruleIn(locale, issue.message)
  }
  return errors
}
