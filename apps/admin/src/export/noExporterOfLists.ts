/**
 * Stands in the place of jsonexport in the built pages: react-admin brings it along for an export that
 * no list of ours has. Ours is made by `writeExport.ts`.
 */
export default function noExporterOfLists(): never {
  throw new Error('Lists are exported by the button of the panel.')
}
