import { contract } from '@stockbook/client/contract'
import { adminProcedure, protectedProcedure, router } from '../../trpc.ts'
import { addLine } from './addLine.ts'
import { approveCheck } from './approve.ts'
import { cancelCheck } from './cancel.ts'
import { getCheck, listChecks } from './checks.ts'
import { countLine } from './count.ts'
import { listLines } from './lines.ts'
import { openCheck } from './open.ts'
import { recountLines } from './recount.ts'
import { reportCheck } from './report.ts'
import { submitCheck } from './submit.ts'

const checks = contract.checks

export const checksRouter = router({
  list: protectedProcedure(checks.list, ({ ctx, input }) => listChecks(ctx.db, ctx.actor, input)),
  get: protectedProcedure(checks.get, ({ ctx, input }) => getCheck(ctx.db, ctx.actor, input.id)),
  lines: protectedProcedure(checks.lines, ({ ctx, input }) => listLines(ctx.db, ctx.actor, input)),
  open: adminProcedure(checks.open, ({ ctx, input }) => openCheck(ctx.db, ctx.actor, input)),
  count: protectedProcedure(checks.count, ({ ctx, input }) => countLine(ctx.db, ctx.actor, input)),
  addLine: protectedProcedure(checks.addLine, ({ ctx, input }) =>
    addLine(ctx.db, ctx.actor, input),
  ),
  submit: protectedProcedure(checks.submit, ({ ctx, input }) =>
    submitCheck(ctx.db, ctx.actor, input),
  ),
  recount: adminProcedure(checks.recount, ({ ctx, input }) =>
    recountLines(ctx.db, ctx.actor, input),
  ),
  approve: adminProcedure(checks.approve, ({ ctx, input }) =>
    approveCheck(ctx.db, ctx.actor, input),
  ),
  cancel: adminProcedure(checks.cancel, ({ ctx, input }) => cancelCheck(ctx.db, ctx.actor, input)),
  report: adminProcedure(checks.report, ({ ctx, input }) => reportCheck(ctx.db, ctx.actor, input)),
})
