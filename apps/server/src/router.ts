import { apiKeysRouter } from './features/apiKeys/apiKeys.router.ts'
import { attachmentsRouter } from './features/attachments/attachments.router.ts'
import { auditRouter } from './features/audit/audit.router.ts'
import { authRouter } from './features/auth/auth.router.ts'
import { categoriesRouter } from './features/categories/categories.router.ts'
import { checksRouter } from './features/checks/checks.router.ts'
import { jobsRouter } from './features/jobs/jobs.router.ts'
import { locationsRouter } from './features/locations/locations.router.ts'
import { lotsRouter } from './features/lots/lots.router.ts'
import { migrationsRouter } from './features/migrations/migrations.router.ts'
import { movementsRouter } from './features/movements/movements.router.ts'
import { partnersRouter } from './features/partners/partners.router.ts'
import { productsRouter } from './features/products/products.router.ts'
import { reportsRouter } from './features/reports/reports.router.ts'
import { reservationsRouter } from './features/reservations/reservations.router.ts'
import { secondFactorRouter } from './features/secondFactor/secondFactor.router.ts'
import { sessionsRouter } from './features/sessions/sessions.router.ts'
import { stockRouter } from './features/stock/stock.router.ts'
import { usersRouter } from './features/users/users.router.ts'
import { router } from './trpc.ts'

/** Every procedure that the contract promises. */
export const appRouter = router({
  auth: authRouter,
  secondFactor: secondFactorRouter,
  sessions: sessionsRouter,
  users: usersRouter,
  apiKeys: apiKeysRouter,
  categories: categoriesRouter,
  products: productsRouter,
  locations: locationsRouter,
  partners: partnersRouter,
  lots: lotsRouter,
  movements: movementsRouter,
  stock: stockRouter,
  reservations: reservationsRouter,
  checks: checksRouter,
  reports: reportsRouter,
  attachments: attachmentsRouter,
  audit: auditRouter,
  jobs: jobsRouter,
  migrations: migrationsRouter,
})

export type AppRouter = typeof appRouter
