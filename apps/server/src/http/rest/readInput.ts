import type { IncomingMessage, ServerResponse } from 'node:http'
import { TRPCError } from '@trpc/server'
import express from 'express'
import { z } from 'zod'
import { StockError } from '../../errors.ts'
import { toTransportError } from '../../transport.ts'
import { maxBodyBytesOf } from '../procedureCall.ts'
import { fromJson } from './fromJson.ts'
import type { Operation } from './operations.ts'

/**
 * The input of a call, not yet checked: a GET has it in the parameters of its address, a POST in its
 * body.
 */
export async function readInput(
  { method, procedure, contract }: Operation,
  req: IncomingMessage,
  res: ServerResponse,
  parameters: URLSearchParams,
): Promise<unknown> {
  const value =
    method === 'GET'
      ? readParameters(contract.input, parameters)
      : await readBody(req, res, maxBodyBytesOf(procedure))
  return fromJson(contract.input, value)
}

function readParameters(input: z.core.$ZodType, parameters: URLSearchParams): object {
  const names = [...parameters.keys()]
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  if (twice.length > 0) {
    const issues = twice.map((name) => ({ path: [name], message: 'is given more than once' }))
    throw toTransportError(new StockError('INVALID_INPUT', { issues }))
  }
  const shape = shapeOf(input)
  return Object.fromEntries(
    [...parameters].map(([name, text]) => [
      name,
      Object.hasOwn(shape, name) ? readParameter(shape[name]!, text) : text,
    ]),
  )
}

/** The text itself when that is what the procedure takes, else what it says as JSON. */
function readParameter(schema: z.core.$ZodType, text: string): unknown {
  if (z.safeParse(schema, fromJson(schema, text)).success) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The fields of an input. */
function shapeOf(input: z.core.$ZodType): z.core.$ZodShape {
  const { def } = (input as z.core.$ZodTypes)._zod
  if (def.type === 'optional') return shapeOf(def.innerType)
  if (def.type !== 'object') throw new Error('the input of a procedure is an object')
  return def.shape
}

/** With `strict`, what is no object would be an error of its own; the schema tells that better. */
const parserOf = (limit: number) => express.json({ limit, strict: false, inflate: false })
const parsers = new Map<number, ReturnType<typeof parserOf>>()

async function readBody(
  req: IncomingMessage,
  res: ServerResponse,
  limit: number,
): Promise<unknown> {
  const parse = parsers.get(limit) ?? parserOf(limit)
  parsers.set(limit, parse)
  await new Promise<void>((resolve, reject) => {
    parse(req as express.Request, res as express.Response, (failure?: unknown) => {
      if (failure === undefined) resolve()
      else reject(refusalOf(failure))
    })
  })
  return (req as express.Request).body
}

const codeOfStatus: Record<number, TRPCError['code']> = {
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
}

function refusalOf(failure: unknown): TRPCError {
  const { status } = failure as { status?: number }
  return new TRPCError({ code: codeOfStatus[status ?? 400] ?? 'BAD_REQUEST', cause: failure })
}
