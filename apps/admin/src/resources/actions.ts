import Archive from '@mui/icons-material/Archive'
import Unarchive from '@mui/icons-material/Unarchive'
import type { ProcedureName } from '../contract/procedures.ts'
import type { RecordAction } from './describe.ts'

/** Takes a row out of use and back. The version goes along: nobody archives what was changed meanwhile. */
export function archiving(procedure: ProcedureName): RecordAction[] {
  const inputOf = (archived: boolean): RecordAction['inputOf'] => {
    return ({ id, version }) => ({ id, expectedVersion: version, archived })
  }
  return [
    {
      name: 'archive',
      procedure,
      icon: Archive,
      appliesTo: ({ archivedAt }) => archivedAt === null,
      inputOf: inputOf(true),
    },
    {
      name: 'restore',
      procedure,
      icon: Unarchive,
      appliesTo: ({ archivedAt }) => archivedAt !== null,
      inputOf: inputOf(false),
      confirm: false,
    },
  ]
}
