/** Who made a film: the cast with their characters, the crew with their jobs. Nothing at all when nobody is known. */
'use client'

import { useTranslations } from 'next-intl'
import type { Person } from '../../lib/contract/movie.ts'

type JobKey = Parameters<ReturnType<typeof useTranslations<'movies.jobs'>>>[0]

export function MoviePeople({ people }: { people: readonly Person[] }) {
  const t = useTranslations('movies.film')
  const jobs = useTranslations('movies.jobs')
  const jobName = (job: string): string => {
    const key = job.toLowerCase().replaceAll(/\W+/g, '-') as JobKey
    return jobs.has(key) ? jobs(key) : job
  }
  return (
    <>
      <PeopleList title={t('cast')} people={people.filter((person) => person.role === 'cast')} />
      <PeopleList
        title={t('crew')}
        people={people
          .filter((person) => person.role === 'crew')
          .map((person) => ({ ...person, as: jobName(person.as) }))}
      />
    </>
  )
}

function PeopleList({ title, people }: { title: string; people: readonly Person[] }) {
  if (people.length === 0) return null
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-xl">{title}</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-8 gap-y-3">
        {people.map((person) => (
          <li key={`${person.name} ${person.as}`} className="min-w-0">
            <p className="font-medium wrap-anywhere">{person.name}</p>
            {person.as && <p className="text-sm text-faint wrap-anywhere">{person.as}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}
