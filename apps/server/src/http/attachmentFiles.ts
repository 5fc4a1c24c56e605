import express from 'express'
import { z } from 'zod'
import type { Services } from '../context.ts'
import { notFound, readAttachment } from '../features/attachments/attachments.ts'
import { filePolicy } from './contentPolicy.ts'
import { answerFailure, knownCaller } from './fileAnswer.ts'

/** Each attachment as a file, `/attachments/<id>`, for whoever may call `attachments.content`. */
export function serveAttachments(services: Services): express.Router {
  const router = express.Router()
  router.get('/attachments/:id', async (req, res) => {
    try {
      res.setHeader('cache-control', 'no-store')
      const caller = await knownCaller(services, req.headers.authorization)
      const { id } = req.params
      if (!z.uuid().safeParse(id).success) throw notFound(id)
      const { fileName, mediaType, bytes } = await readAttachment(services.db, caller, id)
      res.attachment(fileName)
      // Express would add an encoding, which nobody knows of a CSV.
      res.setHeader('content-type', mediaType)
      res.setHeader('content-security-policy', filePolicy)
      res.end(bytes)
    } catch (error) {
      answerFailure(services, res, error)
    }
  })
  return router
}
