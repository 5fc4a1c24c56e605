export { downloadAttachment } from './download/attachment.ts'
export { downloadCsv } from './download/csv.ts'
export { liveEvents } from './live/liveEvents.ts'
export { subscribe } from './live/subscribe.ts'
