/** What search engines may read: the pages, not the API, and not what single runs left behind. */
import type { MetadataRoute } from 'next'

export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', allow: '/', disallow: ['/api/', '/*/runs/'] } }
}
