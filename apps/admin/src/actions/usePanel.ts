import { useDataProvider } from 'react-admin'
import type { PanelDataProvider } from '../providers/dataProvider.ts'

/** The data provider with what the panel adds to it. */
export function usePanel(): PanelDataProvider {
  return useDataProvider<PanelDataProvider>()
}
