import LabelOutlined from '@mui/icons-material/LabelOutlined'
import UploadFile from '@mui/icons-material/UploadFile'
import { type ComponentType, lazy } from 'react'
import type { ProcedureName } from '../contract/procedures.ts'
import type { MenuGroup } from '../resources/describe.ts'

/** A page of the panel that is no table. */
export type MenuPage = {
  /** Its address below the panel's. */
  path: string
  /** Key of the message that it is called by. */
  label: string
  group: MenuGroup
  icon: ComponentType
  /** Whoever may call this sees the page. */
  procedure: ProcedureName
  component: ComponentType
}

export const menuPages: readonly MenuPage[] = [
  {
    path: '/import',
    label: 'import.title',
    group: 'masterData',
    icon: UploadFile,
    procedure: 'products.create',
    component: lazy(() => import('../import/ImportPage.tsx')),
  },
  {
    path: '/labels',
    label: 'labels.title',
    group: 'masterData',
    icon: LabelOutlined,
    procedure: 'products.list',
    component: lazy(() => import('../labels/LabelsPage.tsx')),
  },
]
