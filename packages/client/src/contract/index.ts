import { apiKeys } from './apiKeys.ts'
import { attachments } from './attachments.ts'
import { audit } from './audit.ts'
import { auth } from './auth.ts'
import { categories } from './categories.ts'
import { checks } from './checks.ts'
import { jobs } from './jobs.ts'
import { locations } from './locations.ts'
import { lots } from './lots.ts'
import { migrations } from './migrations.ts'
import { movements } from './movements.ts'
import { partners } from './partners.ts'
import { products } from './products.ts'
import { reports } from './reports.ts'
import { reservations } from './reservations.ts'
import { secondFactor } from './secondFactor.ts'
import { sessions } from './sessions.ts'
import { stock } from './stock.ts'
import { users } from './users.ts'

export {
  type ErrorData,
  type ErrorDetail,
  errorCatalogue,
  type ServerErrorCode,
} from '../errors.ts'
export {
  attachmentExtensions,
  maxAttachmentBytes,
  maxAttachmentBytesPerHour,
  maxAttachments,
} from './attachments.ts'
export { maxApiKeyDays } from './apiKeys.ts'
export type { AuditedEntity } from './audit.ts'
export { type FieldAccess, type FieldAccessMap, fieldAccess } from './fieldAccess.ts'
export { type Restrictions, restrictionsOf } from './restrictions.ts'
export type { JobName } from './jobs.ts'
export { maxPasswordBytes } from './users.ts'
export { mostBaseUnits } from './values.ts'
export type { Access, ParsedInput, ProcedureContract, Role } from './define.ts'

/** Every procedure of a Stockbook server: who may call it, what goes in, what comes out. */
export const contract = {
  auth,
  secondFactor,
  sessions,
  users,
  apiKeys,
  categories,
  products,
  locations,
  partners,
  lots,
  movements,
  stock,
  reservations,
  checks,
  reports,
  attachments,
  audit,
  jobs,
  migrations,
}

export type Contract = typeof contract
