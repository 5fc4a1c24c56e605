import { ChooseCheck } from './ChooseCheck.tsx'
import { OpenedCheckView } from './OpenedCheckView.tsx'
import { useCheck } from './useCheck.ts'

/** Counts the lines of an open check. */
export default function CountPage() {
  const check = useCheck()
  return check.opened === null ? (
    <ChooseCheck onChoose={(id) => void check.read(id)} failure={check.failure} />
  ) : (
    <OpenedCheckView opened={check.opened} onRead={check.read} onClose={check.close} />
  )
}
