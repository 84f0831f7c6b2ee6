import { describe, expect, it } from 'vitest'
import { rowsOf } from '@/features/personnel/rows'

describe('rows that were pasted', () => {
  it('are read as they come from a spreadsheet', () => {
    expect(rowsOf('K330500202601000001\t是\t92\n张三\t否\nli.si\t\t60.5\n')).toEqual([
      { person: 'K330500202601000001', attended: true, score: 92 },
      { person: '张三', attended: false, score: null },
      { person: 'li.si', attended: true, score: 60.5 },
    ])
  })

  it('may be separated by commas of both scripts', () => {
    expect(rowsOf('张三，88\n李四,缺席')).toEqual([
      { person: '张三', attended: true, score: 88 },
      { person: '李四', attended: false, score: null },
    ])
  })

  it('leave out a heading and empty lines', () => {
    expect(rowsOf('姓名\t成绩\n\n张三\t70\n')).toEqual([{ person: '张三', attended: true, score: 70 }])
  })

  it('take a zero for a score', () => {
    expect(rowsOf('张三\t0')).toEqual([{ person: '张三', attended: true, score: 0 }])
  })

  it('may be none', () => {
    expect(rowsOf(' \n')).toEqual([])
  })
})
