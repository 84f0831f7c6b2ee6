import { beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { ApiProblem } from '@/api'
import { useForm } from '@/ui'

const KEY = 'tiaoxi.draft.test'

function form(submit: (values: { name: string }, key: string) => Promise<void> = () => Promise.resolve()) {
  return useForm({ draft: 'test', initial: () => ({ name: '' }), checks: { name: (values) => !values.name && 'needed' }, submit })
}

describe('a form', () => {
  beforeEach(() => localStorage.clear())

  it('shows an error only after the field was left', () => {
    const one = form()
    expect(one.errorOf('name')).toBeUndefined()
    one.touch('name')
    expect(one.errorOf('name')).toBe('needed')
  })

  it('submits nothing while something is wrong', async () => {
    let sent = 0
    const one = form(() => Promise.resolve(void sent++))
    expect(await one.submit()).toBe(false)
    expect(sent).toBe(0)
    expect(one.errors.value).toHaveLength(1)
  })

  it('keeps its draft until it was submitted', async () => {
    const one = form()
    one.values.name = 'residents'
    await nextTick()
    expect(form().values.name).toBe('residents')
    expect(form().restored.value).toBe(true)
    expect(await one.submit()).toBe(true)
    expect(localStorage.getItem(KEY)).toBeNull()
  })

  it('survives a draft that cannot be read', () => {
    localStorage.setItem(KEY, '{')
    expect(form().values.name).toBe('')
  })

  it('shows the server’s errors until the values change', async () => {
    const one = form(() => Promise.reject(new ApiProblem(422, 'INVALID', '', '', [{ field: 'name', message: 'taken' }])))
    one.values.name = 'a'
    await nextTick()
    expect(await one.submit()).toBe(false)
    expect(one.errorOf('name')).toBe('taken')
    one.values.name = 'b'
    await nextTick()
    expect(one.errorOf('name')).toBeUndefined()
  })

  it('sends the same key again for the same values, another for others', async () => {
    const keys: string[] = []
    const one = form((_, key) => {
      keys.push(key)
      return Promise.reject(new ApiProblem(0, 'UNREACHABLE', '', ''))
    })
    one.values.name = 'a'
    await nextTick()
    await one.submit()
    await one.submit()
    one.values.name = 'b'
    await nextTick()
    await one.submit()
    expect(keys[0]).toBe(keys[1])
    expect(keys[2]).not.toBe(keys[0])
  })

  it("puts the server's errors at its own fields, with how to mend them", async () => {
    const one = useForm({
      initial: () => ({ name: 'a' }),
      place: (error) => ({ ...error, field: error.field.replace('columns[0].', '') }),
      submit: () => Promise.reject(new ApiProblem(422, 'REQUEST_INVALID', '', '', [{ field: 'columns[0].name', message: 'taken', mend: 'Choose another' }])),
    })
    expect(await one.submit()).toBe(false)
    expect(one.errorOf('name')).toBe('taken. Choose another')
  })
})
