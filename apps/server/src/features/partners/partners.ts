import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, partners } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { holdsWords } from '../../lists/filters.ts'
import { listValues } from '../../lists/values.ts'
import { conditionsOf } from '../../lists/where.ts'
import { archiveRow, changeRow, createRow } from '../../masterData/audited.ts'
import { getRow, listRows } from '../../masterData/rows.ts'

type Input = {
  [Name in keyof typeof contract.partners]: ParsedInput<(typeof contract.partners)[Name]>
}

export const listPartners = async (db: Db, input: Input['list']) =>
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
    ...(await conditionsOf(db, input.where, {
      kind: partners.kind,
      code: partners.code,
      name: partners.name,
      contactName: partners.contactName,
      email: partners.email,
      phone: partners.phone,
      address: partners.address,
      country: partners.country,
      minimumShelfLifeDays: partners.minimumShelfLifeDays,
      createdAt: partners.createdAt,
      updatedAt: partners.updatedAt,
      version: partners.version,
    })),
  )

export const listPartnerValues = (db: Db, input: Input['values']) =>
  listValues(db, partners[input.field], input)

export const getPartner = (db: Db, { id }: Input['get']) => getRow(db, partners, id)

export const createPartner = (db: Db, actor: Actor, input: Input['create']) =>
  createRow(db, actor, partners, input)

export const updatePartner = (
  db: Db,
  actor: Actor,
  { id, expectedVersion, ...changes }: Input['update'],
) => changeRow(db, actor, partners, { id, expectedVersion }, changes)

export const archivePartner = (db: Db, actor: Actor, input: Input['archive']) =>
  archiveRow(db, actor, partners, input)
