export {
  type AcquireOptions,
  acquireEmbeddedPostgres,
  deleteEmbeddedPostgres,
  type EmbeddedPostgres,
} from './acquireEmbeddedPostgres.ts'
export { normaliseDatabaseUrl } from './databaseUrl.ts'
export { type ResolvedDatabase, resolveDatabase } from './resolveDatabase.ts'
