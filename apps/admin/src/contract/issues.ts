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
  const errors: Record<string, string> = {}
  for (const [field, sentences] of Object.entries(told)) errors[field] = sentences.join('; ')
  if (locale !== 'ru') return errors
  const [{ default: ru }, { rulesInRussian }] = await Promise.all([
    import('zod/v4/locales/ru.js'),
    import('../import/rulesInRussian.ts'),
  ])
  for (const [field, sentences] of Object.entries(told)) {
    errors[field] = sentences.map((sentence) => rulesInRussian[sentence] ?? sentence).join('; ')
  }
  const { error } = procedure(name).input.safeParse(input, { error: ru().localeError })
  for (const issue of error?.issues ?? []) {
    const field = issue.path.join('.')
    if (field in errors) errors[field] = rulesInRussian[issue.message] ?? issue.message
  }
  return errors
}
