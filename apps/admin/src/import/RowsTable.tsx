import {
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material'
import { useTranslate } from 'react-admin'

/** More rows would make the page slow; all are in the report. */
const mostRows = 200

/** Rows of the file and what there is to say about them. The first cell is the row's number. */
export function RowsTable({
  headings,
  rows,
}: {
  headings: readonly ('row' | 'name' | 'column' | 'fault' | 'outcome' | 'message')[]
  rows: readonly (readonly string[])[]
}) {
  const translate = useTranslate()
  const hidden = rows.length - mostRows
  return (
    <>
      <TableContainer
        sx={{ maxHeight: 480 }}
        tabIndex={0}
        role="region"
        aria-label={translate('import.report.row')}
      >
        <Table size="small" stickyHeader>
          <TableHead>
            <TableRow>
              {headings.map((heading) => (
                <TableCell key={heading}>{translate(`import.report.${heading}`)}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.slice(0, mostRows).map((cells, index) => (
              <TableRow key={index}>
                {cells.map((cell, column) => (
                  <TableCell key={headings[column]} sx={{ wordBreak: 'break-word' }}>
                    {cell}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {hidden > 0 && (
        <Typography variant="body2" color="text.secondary">
          {translate('import.more', { smart_count: hidden })}
        </Typography>
      )}
    </>
  )
}
