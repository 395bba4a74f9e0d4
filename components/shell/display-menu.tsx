/** The menu that chooses the theme and the wall mode, effective at once and kept for later visits. */
'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ChoiceGroup } from '../ui/choice-group.tsx'
import { Icon } from '../ui/icon.tsx'
import { Switch } from '../ui/switch.tsx'
import { THEME_COOKIE, THEMES, type Theme, WALL_COOKIE } from './display-settings.ts'
import { keepSetting } from './keep-setting.ts'

export function DisplayMenu({ theme: initialTheme, wall: initialWall }: { theme: Theme; wall: boolean }) {
  const t = useTranslations('shell')
  const [theme, setTheme] = useState(initialTheme)
  const [wall, setWall] = useState(initialWall)

  const chooseTheme = (next: Theme): void => {
    setTheme(next)
    keepSetting(THEME_COOKIE, next === 'system' ? '' : next)
    if (next === 'system') document.documentElement.removeAttribute('data-theme')
    else document.documentElement.setAttribute('data-theme', next)
  }
  const chooseWall = (next: boolean): void => {
    setWall(next)
    keepSetting(WALL_COOKIE, next ? '1' : '')
    document.documentElement.toggleAttribute('data-wall', next)
    // Charts that measured themselves in pixels must do so again.
    window.dispatchEvent(new Event('resize'))
  }

  return (
    <>
      <button
        type="button"
        popoverTarget="display-menu"
        aria-label={t('display.open')}
        title={t('display.open')}
        className="inline-flex size-10 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink"
      >
        <Icon name={theme === 'dark' ? 'moon' : theme === 'light' ? 'sun' : 'system'} />
      </button>
      <div
        id="display-menu"
        popover="auto"
        className="display-menu w-72 max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-raised p-4 text-ink shadow-floating"
      >
        <div className="flex flex-col gap-4">
          <ChoiceGroup
            label={t('display.theme')}
            name="theme"
            value={theme}
            onChange={chooseTheme}
            choices={THEMES.map((value) => ({ value, label: t(`display.themes.${value}`) }))}
          />
          <Switch label={t('display.wall')} help={t('display.wallHelp')} checked={wall} onChange={chooseWall} />
        </div>
      </div>
    </>
  )
}
