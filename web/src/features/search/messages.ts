export const zh = {
  title: '搜索结果', found: '“{q}”共找到 {n} 项', nothing: '没有找到“{q}”', hint: '换一个词试试；中文词、全拼、首字母都可以。', ask: '请在上方输入要找的内容', all: '全部', kinds: '按类别查看', atLeast: '{n} 项以上', rest: '在台账中查看全部',
  views: { title: '常用搜索', none: '还没有保存的搜索', name: '给当前搜索起个名', keep: '保存', kept: '已保存搜索“{name}”', remove: '删除搜索“{name}”', help: '搜索之后，可在这里保存，下次一点即用。' },
}

export const en: typeof zh = {
  title: 'Search results', found: 'One match for “{q}” | {n} matches for “{q}”', nothing: 'Nothing found for “{q}”', hint: 'Try another word; Chinese words, pinyin and initials all work.', ask: 'Type above what you look for', all: 'All', kinds: 'By kind', atLeast: '{n} or more', rest: 'See all in the ledger',
  views: { title: 'Saved searches', none: 'No searches saved yet', name: 'Name the present search', keep: 'Save', kept: 'Search “{name}” saved', remove: 'Delete the search “{name}”', help: 'Search for something, then save it here for next time.' },
}
