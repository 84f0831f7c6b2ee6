/** What came to a log while somebody watched. */
export interface Growth {
  added: number
  perMinute: number
}

/** Growth between two sizes, so many milliseconds apart. */
export function growthOf(before: number, now: number, milliseconds: number): Growth {
  const added = now - before
  return { added, perMinute: milliseconds > 0 ? Math.round((added / milliseconds) * 60_000) : 0 }
}
