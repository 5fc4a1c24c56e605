export { type CreateDbOptions, createDb, type Db } from './createDb.ts'
export * from './schema/index.ts'
export { databaseError, inTransaction, type Tx, violatedConstraint } from './transaction.ts'
