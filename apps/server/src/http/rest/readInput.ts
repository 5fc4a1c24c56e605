import type { IncomingMessage, ServerResponse } from 'node:http'
import { TRPCError } from '@trpc/server'
import express from 'express'
import { maxBodyBytesOf } from '../procedureCall.ts'
import { fromJson } from './fromJson.ts'
import type { Operation } from './operations.ts'
import { readParameters } from './readParameters.ts'

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
