import { required, TextInput } from 'react-admin'

/** Six digits, or a recovery code. */
export function CodeInput({ helperText = false }: { helperText?: string | false }) {
  return (
    <TextInput
      source="code"
      label="secondFactor.code"
      helperText={helperText}
      autoComplete="one-time-code"
      validate={required()}
    />
  )
}
