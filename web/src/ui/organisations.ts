import { organisations, type Organisation } from '@/api'

export interface OrganisationNode {
  value: string
  label: string
  kind: string
  children: OrganisationNode[]
}

/** The organisations as a tree, in the order given; one whose parent is unknown stands at the top. */
export function treeOf(all: readonly Organisation[], locale: string): OrganisationNode[] {
  const nodes = new Map(
    all.map((one) => [
      one.code,
      { value: one.code, label: locale === 'en' ? one.nameEn || one.name : one.name, kind: one.kind, children: [] as OrganisationNode[] },
    ]),
  )
  const roots: OrganisationNode[] = []
  for (const one of all) {
    const node = nodes.get(one.code)
    if (!node) continue
    const parent = one.parent === null ? undefined : nodes.get(one.parent)
    ;(parent?.children ?? roots).push(node)
  }
  return roots
}

/** Names of organisations by code, in the page's language. */
export async function organisationNames(language: string): Promise<Map<string, string>> {
  const all = await organisations()
  return new Map(all.map((one) => [one.code, language === 'en' ? one.nameEn || one.name : one.name]))
}
