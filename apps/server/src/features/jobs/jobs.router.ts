import { contract } from '@stockbook/client/contract'
import { adminProcedure, router } from '../../trpc.ts'
import { listJobs } from './jobs.ts'

const { list } = contract.jobs

export const jobsRouter = router({
  list: adminProcedure(list, ({ ctx }) => listJobs(ctx.db)),
})
