export {
  type AcquireOptions,
  acquireEmbeddedPostgres,
  type EmbeddedPostgres,
} from './acquireEmbeddedPostgres.ts'
export { normaliseDatabaseUrl } from './databaseUrl.ts'
export { type ResolvedDatabase, resolveDatabase } from './resolveDatabase.ts'
