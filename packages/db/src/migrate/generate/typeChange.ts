const integers = /^(smallint|integer|bigint|int[248]?|smallserial|serial|bigserial)$/
const builtIn =
  /^(bytea|boolean|date|time|timestamp|interval|uuid|jsonb?|numeric|decimal|real|double precision|varchar|character varying|char|character|bpchar|inet|cidr|macaddr|bit|money|xml|point|line|tsvector|vector)/

/**
 * Whether a change of type keeps every value, or fails where it cannot. The others round, cut off or
 * rewrite without a word.
 * @param from the type before, absent when it is not known
 */
export function keepsValues(from: string | undefined, to: string): boolean {
  const target = plain(to)
  if (target === 'text') return true
  // A type of one's own is an enum: a value that it does not have is an error.
  if (!builtIn.test(target) && !integers.test(target)) return true
  if (from === undefined) return false
  const source = plain(from)
  if (source === target) return true
  if (integers.test(source)) return integers.test(target) || /^(numeric|decimal)/.test(target)
  const [sourceBase, ...sourceSizes] = parts(source)
  const [targetBase, ...targetSizes] = parts(target)
  if (sourceBase === 'numeric' && targetBase === 'numeric')
    return holds(sourceSizes[1], targetSizes[1])
  if (sourceBase === 'varchar' && targetBase === 'varchar')
    return holds(sourceSizes[0], targetSizes[0])
  if (sourceBase === 'date') return targetBase === 'timestamp'
  if (sourceBase === 'timestamp' && targetBase === 'timestamp')
    return holds(sourceSizes[0], targetSizes[0])
  return sourceBase === 'json' && targetBase === 'jsonb'
}

/** `numeric(8, 2)` as its name and its sizes. */
function parts(type: string): [string, ...number[]] {
  const [, base = '', sizes = ''] =
    /^([a-z ]+?)(?:\(([\d,]+)\))?( with(out)? time zone)?$/.exec(type) ?? []
  return [base, ...sizes.split(',').filter(Boolean).map(Number)]
}

/** Whether the new size holds what the old one holds. No size is no limit. */
function holds(before: number | undefined, after: number | undefined): boolean {
  return after === undefined || (before !== undefined && after >= before)
}

const plain = (type: string) =>
  type
    .toLowerCase()
    .replaceAll('"', '')
    .replace(/\s*([(),])\s*/g, '$1')
    .replace(/^character varying/, 'varchar')
    .replace(/^decimal/, 'numeric')
    .replace(/^timestamptz/, 'timestamp')
    .trim()
