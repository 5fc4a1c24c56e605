import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import express from 'express'
import { z } from 'zod'
import type { Services } from '../context.ts'
import { StockError } from '../errors.ts'
import { columnsOf, inputOf, isReportName, wholeReport } from '../features/reports/rows.ts'
import { csvCell } from './csvCell.ts'
import { answerFailure, knownCaller } from './fileAnswer.ts'

const format = z.object({
  /** Between two cells. Default: a comma; spreadsheets of many countries want a semicolon. */
  separator: z.enum([',', ';']).default(','),
  /** Begin with a byte order mark, by which Excel knows UTF-8. Default `false`. */
  bom: z.enum(['true', 'false']).default('false'),
})

/** Each report as a file, `/reports/<name>.csv`, for whoever may call it. */
export function serveReports(services: Services): express.Router {
  const router = express.Router()
  router.get('/reports/:name.csv', async (req, res) => {
    try {
      res.setHeader('cache-control', 'no-store')
      const caller = await knownCaller(services, req.headers.authorization)
      const { name } = req.params
      if (!isReportName(name)) throw new StockError('NOT_FOUND', { entity: 'report', name })
      const { separator, bom, ...asked } = req.query
      const how = parsed(format, defined({ separator, bom }))
      const input = parsed(inputOf(name), inputFrom(asked))
      await wholeReport(services.db, name, input, caller, async (rows) => {
        res.setHeader('content-type', 'text/csv; charset=utf-8')
        res.setHeader('content-disposition', `attachment; filename="${name}.csv"`)
        const columns = columnsOf(name)
        await pipeline(
          rows,
          async function* (items) {
            for await (const row of items) yield columns.map((column) => csvCell(row[column]))
          },
          stringify({
            header: true,
            columns,
            delimiter: how.separator,
            bom: how.bom === 'true',
            record_delimiter: 'windows',
          }),
          res,
        )
      })
    } catch (error) {
      answerFailure(services, res, error)
    }
  })
  return router
}

/** The input as parameters of the address, or whole as JSON in the parameter `input`. */
function inputFrom({ input, ...parameters }: express.Request['query']): object {
  const {
    limit: _,
    cursor: __,
    ...given
  } = (typeof input === 'string' ? readJson(input) : parameters) as Record<string, unknown>
  return {
    ...given,
    ...('days' in given && { days: Number(given.days) }),
    ...('from' in given && { from: new Date(String(given.from)) }),
    ...('before' in given && { before: new Date(String(given.before)) }),
  }
}

function readJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {}
  throw invalid([{ path: ['input'], message: 'is no JSON object' }])
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(value)
  if (success) return data
  throw invalid(error.issues.map(({ path, message }) => ({ path, message })))
}

const invalid = (issues: object[]) => new StockError('INVALID_INPUT', { issues })

const defined = (values: object) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
