import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { CodeEditor } from '@/ui'
import { en } from '@/ui/messages'

const i18n = createI18n({ legacy: false, locale: 'en', messages: { en: { ui: en } } })

function complete(text: string, at: number) {
  const word = /\w*$/.exec(text.slice(0, at))?.[0] ?? ''
  return { from: at - word.length, options: ['managed: ', 'name: '].filter((key) => key.startsWith(word)).map((key) => ({ text: key })) }
}

async function typed(text: string) {
  const editor = mount(CodeEditor, { props: { modelValue: '', label: 'Type', complete }, global: { plugins: [i18n] }, attachTo: document.body })
  const area = editor.get('textarea')
  area.element.value = text
  area.element.setSelectionRange(text.length, text.length)
  area.element.dispatchEvent(new InputEvent('input', { inputType: 'insertText', data: text.slice(-1) }))
  await flushPromises()
  return editor
}

describe('proposals while typing', () => {
  it('go by what was typed just now', async () => {
    const editor = await typed('m')
    expect(editor.findAll('[role=option]').map((one) => one.text())).toEqual(['managed:'])
  })

  it('are none where nothing fits', async () => {
    expect((await typed('x')).findAll('[role=option]')).toEqual([])
  })
})
