import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLogoutIfAccessDenied } from 'react-admin'

/** Reads what a panel shows. Whose session has ended is led to the sign-in. */
export function useFigures<Figures>(
  panel: string,
  read: (signal: AbortSignal) => Promise<Figures>,
): UseQueryResult<Figures> {
  const query = useQuery({
    queryKey: ['dashboard', panel],
    queryFn: ({ signal }) => read(signal),
    // The client has repeated by then what is safe to repeat.
    retry: false,
  })
  const leaveIfSignedOut = useLogoutIfAccessDenied()
  const { error } = query
  useEffect(() => {
    if (error !== null) void leaveIfSignedOut(error)
  }, [error, leaveIfSignedOut])
  return query
}
