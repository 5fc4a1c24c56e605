import { fileURLToPath } from 'node:url'
import {
  type Access,
  contract,
  fieldAccess,
  type ProcedureContract,
  restrictionsOf,
  type Role,
} from '@stockbook/client/contract'
import { expect, test } from 'vitest'

const file = fileURLToPath(new URL('../../../../docs/access.md', import.meta.url))

const mayCall: Record<Access, string> = {
  open: '| yes | yes | yes |',
  operator: '| no | yes | yes |',
  admin: '| no | no | yes |',
}

const does: Record<ProcedureContract['kind'], string> = {
  query: 'reads',
  mutation: 'writes',
  subscription: 'tells what is new',
}

const may: Record<Role, string> = { operator: 'yes | yes', admin: 'no | yes' }

const all = Object.entries(contract).flatMap(([feature, procedures]) =>
  Object.entries(procedures as Record<string, ProcedureContract>).map(([name, procedure]) => ({
    path: `${feature}.${name}`,
    procedure,
  })),
)

/** What each procedure would keep from operators if this field were for administrators alone. */
function keptOf(rows: string, field: string) {
  const { row } = fieldAccess[rows]!
  const only = { [rows]: { row, fields: { [field]: { read: 'admin' } } } } as const
  return all.flatMap(({ path, procedure }) => {
    const kept = restrictionsOf(path, procedure, 'operator', only)
    return kept ? [{ path, ...procedure, kept }] : []
  })
}

/** The procedures whose answers have the field. */
const givenBy = (rows: string, field: string) =>
  keptOf(rows, field)
    .filter(({ output, kept }) => output !== kept.output)
    .map(({ path }) => `\`${path}\``)

/** Whether anybody writes it: it may be a figure that is reckoned. */
const isWritten = (rows: string, field: string) =>
  keptOf(rows, field).some(({ kind, kept }) => kind === 'mutation' && kept.notGiven.has(field))

const fields = Object.entries(fieldAccess).flatMap(([rows, { fields: ofRow }]) =>
  Object.entries(ofRow).map(([name, { read = 'operator', write = read }]) => {
    const writes = isWritten(rows, name) ? may[write] : '– | –'
    const columns = [may[read], writes, givenBy(rows, name).join(', ')]
    return `| \`${name}\` of \`${rows}\` | ${columns.join(' | ')} |`
  }),
)

function document(): string {
  const rows = Object.entries(contract).flatMap(([feature, procedures]) =>
    Object.entries(procedures as Record<string, ProcedureContract>).map(
      ([name, { kind, access }]) => `| \`${feature}.${name}\` | ${does[kind]} ${mayCall[access]}`,
    ),
  )
  return `# Who may call what

Made from the contract (\`packages/client/src/contract/\`); a test fails when it is out of date. Write it
anew with \`pnpm docs:access\`.

An API key may do what its role may. A user who must change the password may call \`auth.me\`,
\`auth.changePassword\` and \`auth.signOut\` alone. Somebody who is disabled, or whose session or key has
ended, is nobody.

An operator, or the key of a program that is one, can be restricted to warehouses (\`warehouseIds\` of
\`users.create\`, \`users.update\` and \`apiKeys.create\`). It may call the same procedures; places, stock,
movements, reservations and checks outside are not there for it:
[ADR 13](adr/0013-other-warehouses-are-not-there.md).

| procedure | | nobody | operator | administrator |
|---|---|---|---|---|
${rows.join('\n')}

## Fields

Made from the map of fields (\`packages/client/src/contract/fieldAccess.ts\`). Who may not read a field gets
answers, files and live changes without it, and FIELD_FORBIDDEN for a filter, an order or a choice that names
it; who may not write it, for an input that gives it:
[ADR 15](adr/0015-what-goods-cost-is-for-administrators.md).

| field | operator reads | administrator reads | operator writes | administrator writes | given by |
|---|---|---|---|---|---|
${fields.join('\n')}
`
}

test('the documented table of access is the one that the contract gives', async () => {
  await expect(document()).toMatchFileSnapshot(file)
})
