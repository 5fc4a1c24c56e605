import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, partners } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { holdsWords } from '../../lists/filters.ts'
import { archiveRow, getRow, listRows, updateRow } from '../../masterData/rows.ts'

type Input = {
  [Name in keyof typeof contract.partners]: ParsedInput<(typeof contract.partners)[Name]>
}

export const listPartners = (db: Db, input: Input['list']) =>
  listRows(
    db,
    partners,
    input,
    {
      name: { by: partners.name, type: 'text' },
      code: { by: partners.code, type: 'text' },
    },
    holdsWords(input.search, partners.name, partners.code),
    input.kind && eq(partners.kind, input.kind),
  )

export const getPartner = (db: Db, { id }: Input['get']) => getRow(db, partners, id)

export async function createPartner(db: Db, input: Input['create']) {
  const [row] = await db.insert(partners).values(input).returning()
  return row!
}

export const updatePartner = (db: Db, { id, expectedVersion, ...changes }: Input['update']) =>
  updateRow(db, partners, { id, expectedVersion }, changes)

export const archivePartner = (db: Db, input: Input['archive']) => archiveRow(db, partners, input)
