import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../client.ts'
import type { CheckLine } from './types.ts'

const linesOnPage = 50

/** A check as it is now. */
export function useCheck(id: string) {
  return useQuery({
    queryKey: ['checks', 'check', id],
    queryFn: ({ signal }) => client.checks.get.query({ id }, { signal }),
    retry: false,
  })
}

export type LineFilter = { status?: CheckLine['status']; differingOnly?: boolean }

/** The lines of a check in the order in which a picker walks, page after page. */
export function useCheckLines(checkId: string, filter: LineFilter) {
  return useInfiniteQuery({
    queryKey: ['checks', 'lines', checkId, filter],
    queryFn: ({ pageParam, signal }) =>
      client.checks.lines.query(
        {
          checkId,
          limit: linesOnPage,
          ...filter,
          ...(pageParam !== null && { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** How right the book was. Only an administrator may know, and only when the count is over. */
export function useCheckReport(id: string, isEnabled: boolean) {
  return useQuery({
    queryKey: ['checks', 'report', id],
    enabled: isEnabled,
    queryFn: async ({ signal }) => {
      const admin = await client.as('admin', { signal })
      return admin.checks.report.query({ id }, { signal })
    },
  })
}

/** Reads all of a check anew, after something was done with it. */
export function useRereadCheck(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['checks'] })
}
