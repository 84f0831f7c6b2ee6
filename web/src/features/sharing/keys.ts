/** What stands on the lines of a text, blank ones left out. */
export function lines(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter(Boolean)
}
