/** The set-up of a run, to be read: what differs from the defaults is marked. */
'use client'

import { useTranslations } from 'next-intl'
import { isVisible, type ParamField, type ParamValues } from '../../lib/client/param-fields.ts'
import { Panel } from '../ui/panel.tsx'
import type { ExperimentWords } from './experiment-words.ts'
import { useParamText } from './use-param-text.ts'

export interface ParamListProps {
  fields: readonly ParamField[]
  params: ParamValues
  defaults: ParamValues
  words: ExperimentWords
}

export function ParamList({ fields, params, defaults, words }: ParamListProps) {
  const t = useTranslations('lab')
  const text = useParamText(words)
  return (
    <Panel id="set-up" title={t('setUp')}>
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-6 gap-y-4 text-sm">
        {fields
          .filter((field) => isVisible(field, params))
          .map((field) => {
            const differs = JSON.stringify(params[field.name]) !== JSON.stringify(defaults[field.name])
            return (
              <div key={field.name}>
                <dt className="text-faint">{words.paramLabel(field.name)}</dt>
                <dd className={differs ? 'mt-0.5 font-semibold wrap-anywhere' : 'mt-0.5 wrap-anywhere'}>
                  {text(field, params[field.name])}
                </dd>
              </div>
            )
          })}
      </dl>
    </Panel>
  )
}
