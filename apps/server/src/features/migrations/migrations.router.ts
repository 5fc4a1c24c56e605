import { contract } from '@stockbook/client/contract'
import { adminProcedure, router } from '../../trpc.ts'
import { listMigrations } from './migrations.ts'

const { list } = contract.migrations

export const migrationsRouter = router({
  list: adminProcedure(list, ({ ctx }) => listMigrations(ctx.db)),
})
