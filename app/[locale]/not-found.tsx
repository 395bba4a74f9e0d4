/** What stands at an address that leads nowhere. */
import { useTranslations } from 'next-intl'
import { buttonClasses } from '#components/ui/button.tsx'
import { Link } from '#lib/i18n/navigation.ts'

export default function NotFoundPage() {
  const t = useTranslations('shell.notFound')
  return (
    <div className="flex flex-col items-start gap-4 py-24">
      <p className="figures text-4xl font-semibold text-faint">404</p>
      <h1 className="text-2xl">{t('title')}</h1>
      <p className="max-w-prose text-muted">{t('text')}</p>
      <Link href="/" className={buttonClasses('primary')}>
        {t('action')}
      </Link>
    </div>
  )
}
