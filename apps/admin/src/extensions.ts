import { type ComponentType, lazy } from 'react'
import type { ProcedureName } from './contract/procedures.ts'
import { ExportButton } from './export/ExportButton.tsx'
import { EntryChanges } from './history/EntryChanges.tsx'
import { ImportButton } from './import/ImportButton.tsx'
import { LabelsOfRow, LabelsOfSelected } from './labels/LabelButtons.tsx'
import type { Resource } from './resources/describe.ts'

/** Buttons and pages of a table beyond what its description gives. Each is loaded when it is shown. */
export type Extensions = {
  /** Above the list. */
  listButtons?: readonly ComponentType<{ resource: Resource }>[]
  /** Beside the selected rows' actions; the selected ids are in the list's context. */
  bulkButtons?: readonly ComponentType<{ resource: Resource }>[]
  /** Above the page of one row; the row is in the record's context. */
  rowButtons?: readonly ComponentType<{ resource: Resource }>[]
  /** What a row of the list unfolds to; the row is in the record's context. */
  expand?: ComponentType
  /** Further tabs of the page of one row; the row is in the record's context. */
  tabs?: readonly { name: string; procedure: ProcedureName; component: ComponentType }[]
  /** Instead of the page of one row. */
  show?: ComponentType
  /** Instead of the form for a new row. */
  create?: ComponentType
}

const labels: Extensions = { bulkButtons: [LabelsOfSelected], rowButtons: [LabelsOfRow] }

const imports: Extensions = { listButtons: [ImportButton, ExportButton] }

/** What every table has. */
const usual: Extensions = { listButtons: [ExportButton] }

const extensions: Readonly<Record<string, Extensions>> = {
  levels: imports,
  products: {
    ...imports,
    ...labels,
    tabs: [
      {
        name: 'stockHistory',
        procedure: 'stock.history',
        component: lazy(() => import('./stock/StockHistory.tsx')),
      },
    ],
  },
  locations: { ...imports, ...labels },
  partners: imports,
  lots: { ...usual, ...labels },
  checks: {
    ...usual,
    show: lazy(() => import('./checks/CheckPage.tsx')),
    create: lazy(() => import('./checks/CheckCreate.tsx')),
  },
  audit: { ...usual, expand: EntryChanges },
  // A handful of rows that say the same on every page.
  jobs: {},
  migrations: {},
}

export function extensionsOf(name: string): Extensions {
  return extensions[name] ?? usual
}
