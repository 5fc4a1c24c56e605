import { fileURLToPath } from 'node:url'
import { type Access, contract, type ProcedureContract } from '@stockbook/client/contract'
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
`
}

test('the documented table of access is the one that the contract gives', async () => {
  await expect(document()).toMatchFileSnapshot(file)
})
