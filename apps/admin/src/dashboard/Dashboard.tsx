import { Box } from '@mui/material'
import { Title, useGetIdentity } from 'react-admin'
import { mayCall } from '../contract/procedures.ts'
import type { PanelIdentity } from '../providers/authProvider.ts'
import { ActivityPanel } from './ActivityPanel.tsx'
import { CategoriesPanel } from './CategoriesPanel.tsx'
import { ChecksPanel } from './ChecksPanel.tsx'
import { LowStockPanel } from './LowStockPanel.tsx'
import { MovementsPanel } from './MovementsPanel.tsx'

/** The first page: how the warehouse is doing, at a glance. */
export default function Dashboard() {
  const { identity } = useGetIdentity()
  const role = (identity as PanelIdentity | undefined)?.role
  return (
    <Box sx={gridStyle}>
      <Title title="ra.page.dashboard" />
      <MovementsPanel />
      <LowStockPanel />
      <CategoriesPanel />
      <ChecksPanel />
      {role !== undefined && mayCall(role, 'audit.list') && <ActivityPanel />}
    </Box>
  )
}

const gridStyle = {
  display: 'grid',
  gridTemplateColumns: 'repeat(12, minmax(0, 1fr))',
  gap: 2,
  mt: 2,
  mb: 4,
}
