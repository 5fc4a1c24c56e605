import { useNotify, useTranslate } from 'react-admin'
import { usePanel } from '../actions/usePanel.ts'
import type { ProcedureName } from '../contract/procedures.ts'
import { CallError } from '../providers/CallError.ts'

/** Calls for a form. What is wrong with a password or a code is told at its field. */
export function useCall() {
  const panel = usePanel()
  const notify = useNotify()
  const translate = useTranslate()
  return async function call<Answer>(
    procedure: ProcedureName,
    values: object,
    then: (answer: Answer) => unknown,
  ): Promise<object | undefined> {
    try {
      await then((await panel.call(procedure, values)) as Answer)
    } catch (error) {
      const code = error instanceof CallError ? error.refusal.code : null
      if (error instanceof CallError && error.body.errors) return error.body.errors as object
      if (code === 'SIGN_IN_FAILED') return { password: translate('auth.wrongPassword') }
      if (code === 'SECOND_FACTOR_WRONG') return { code: translate(`errors.${code}`) }
      notify(error instanceof Error ? error.message : String(error), { type: 'error' })
    }
    return undefined
  }
}
