import type { MouseEvent } from 'react'
import { Link, useRecordContext } from 'react-admin'
import { type EntrySubject, useEntryName } from './useEntryName.ts'

/** What the entry of the audit log that it stands in is about, with the way to its page. */
export function EntryLink() {
  const entry = useRecordContext<EntrySubject & { id: number }>()
  return entry ? <NameOf entry={entry} /> : null
}

function NameOf({ entry }: { entry: EntrySubject }) {
  const { name, to } = useEntryName(entry)
  // The row unfolds where it is clicked; the link leads away.
  return to === undefined ? (
    name
  ) : (
    <Link to={to} onClick={(event: MouseEvent) => event.stopPropagation()}>
      {name}
    </Link>
  )
}
