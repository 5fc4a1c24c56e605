import { contract } from '@stockbook/client/contract'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import express from 'express'
import type { Services } from '../context.ts'
import { StockError } from '../errors.ts'
import { permittedInput, restrictionsFor } from '../restrictedCall.ts'
import { columnsOf, isReportName, wholeReport } from '../features/reports/rows.ts'
import { csvCell } from './csvCell.ts'
import { answerFailure, knownCaller } from './fileAnswer.ts'
import { readReportInput } from './reportInput.ts'

/** Each report as a file, `/reports/<name>.csv`, for whoever may call it. */
export function serveReports(services: Services): express.Router {
  const router = express.Router()
  router.get('/reports/:name.csv', async (req, res) => {
    try {
      res.setHeader('cache-control', 'no-store')
      const caller = await knownCaller(services, req.headers.authorization)
      const { name } = req.params
      if (!isReportName(name)) throw new StockError('NOT_FOUND', { entity: 'report', name })
      const { searchParams } = new URL(req.originalUrl, 'http://localhost')
      const { given, input: whole, separator, bom } = readReportInput(name, searchParams)
      const restrictions = restrictionsFor(`reports.${name}`, contract.reports[name], caller.role)
      const input = restrictions ? permittedInput(restrictions, given, whole) : whole
      await wholeReport(services.db, name, input, caller, async (rows) => {
        res.setHeader('content-type', 'text/csv; charset=utf-8')
        res.setHeader('content-disposition', `attachment; filename="${name}.csv"`)
        const columns = columnsOf(name).filter((column) => !restrictions?.hidden.has(column))
        await pipeline(
          rows,
          async function* (items) {
            for await (const row of items) yield columns.map((column) => csvCell(row[column]))
          },
          stringify({
            header: true,
            columns,
            delimiter: separator,
            bom,
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
