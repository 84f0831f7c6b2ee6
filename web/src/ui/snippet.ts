const MARKS = /<\/?mark>/g

/** Whether a piece in which something matched shows the title, so that it can stand for it. */
export function showsTitle(title: string, piece: string | null | undefined): boolean {
  return piece !== null && piece !== undefined && piece.replace(MARKS, '').includes(title)
}
