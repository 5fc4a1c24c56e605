/** What a document may load and do, as the header `content-security-policy` says it. */
type Policy = Readonly<Record<string, string>>

const nothing = {
  'default-src': "'none'",
  'base-uri': "'none'",
  'object-src': "'none'",
  'frame-ancestors': "'none'",
  'form-action': "'none'",
}

const page = {
  ...nothing,
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'media-src': "'self' blob:",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'form-action': "'self'",
}

/** For answers that are no page. */
export const dataPolicy = header(nothing)

/** For files that people brought: were one opened as a page, it could do nothing, in nobody's name. */
export const filePolicy = `${dataPolicy}; sandbox`

/** The camera's decoder is WebAssembly, which takes this permission; JavaScript's eval stays off. */
export const floorPolicy = header({ ...page, 'script-src': "'self' 'wasm-unsafe-eval'" })

/**
 * Emotion makes an empty style element and fills it through the object model. The hash is that of no
 * text at all: a style that somebody writes into the page stays refused.
 */
export const adminPolicy = header({
  ...page,
  'style-src': "'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
})

function header(policy: Policy): string {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ')
}
