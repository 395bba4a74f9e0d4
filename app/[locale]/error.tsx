/** What stands in place of a page that failed; head and foot stay. */
'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Button, buttonClasses } from '#components/ui/button.tsx'
import { Link } from '#lib/i18n/navigation.ts'

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('shell.error')
  useEffect(() => console.error(error), [error])
  return (
    <div role="alert" className="flex flex-col items-start gap-4 py-24">
      <h1 className="text-2xl">{t('title')}</h1>
      <p className="max-w-prose text-muted">{t('text')}</p>
      {error.digest && <p className="font-mono text-xs text-faint">{error.digest}</p>}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" icon="repeat" onClick={reset}>
          {t('retry')}
        </Button>
        <Link href="/" className={buttonClasses()}>
          {t('home')}
        </Link>
      </div>
    </div>
  )
}
