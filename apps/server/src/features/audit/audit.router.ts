import { contract } from '@stockbook/client/contract'
import { adminProcedure, router } from '../../trpc.ts'
import { listAudit, verifyAudit } from './audit.ts'

const { list, verify } = contract.audit

export const auditRouter = router({
  list: adminProcedure(list, ({ ctx, input }) => listAudit(ctx.db, input)),
  verify: adminProcedure(verify, ({ ctx, input }) => verifyAudit(ctx.db, input)),
})
