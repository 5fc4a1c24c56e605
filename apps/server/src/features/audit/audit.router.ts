import { contract } from '@stockbook/client/contract'
import { adminProcedure, router } from '../../trpc.ts'
import { listAudit, verifyAudit } from './audit.ts'
import { followAudit } from './follow.ts'

const { list, follow, verify } = contract.audit

export const auditRouter = router({
  list: adminProcedure(list, ({ ctx, input }) => listAudit(ctx.db, input)),
  follow: adminProcedure(follow, ({ ctx, input }) => followAudit(ctx.db, input)),
  verify: adminProcedure(verify, ({ ctx, input }) => verifyAudit(ctx.db, input)),
})
