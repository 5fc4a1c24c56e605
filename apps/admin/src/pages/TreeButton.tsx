import AccountTree from '@mui/icons-material/AccountTree'
import TableRows from '@mui/icons-material/TableRows'
import { Button } from 'react-admin'

/** Shows a list as the tree that its rows form, or as a table again. */
export function TreeButton({
  isTree,
  onChange,
}: {
  isTree: boolean
  onChange: (isTree: boolean) => void
}) {
  return (
    <Button label={isTree ? 'tree.table' : 'tree.show'} onClick={() => onChange(!isTree)}>
      {isTree ? <TableRows /> : <AccountTree />}
    </Button>
  )
}
