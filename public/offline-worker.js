/**
 * The service worker: where a page can't be fetched, the offline page in the language of its path stands in for it. It stores
 * nothing and touches nothing else: the API, event streams and files go the browser's own way.
 */
importScripts('/offline-pages.js')

const THEME_COOKIE = 'theme'
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"

const preloads = async () => {
  // The request then starts beside this worker instead of after it.
  if (self.registration.navigationPreload) await self.registration.navigationPreload.enable()
}

const offlinePage = async (url) => {
  const locale = new URL(url).pathname.split('/')[1] ?? ''
  const page = self.offlinePages[locale] ?? self.offlinePages.en
  const theme = (await self.cookieStore?.get(THEME_COOKIE))?.value
  const themed = theme === 'light' || theme === 'dark' ? page.replace('<html ', `<html data-theme="${theme}" `) : page
  return new Response(themed, {
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
  })
}

const pageOrOffline = async (event) => {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request))
  } catch {
    // No answer at all: neither a refusal nor an error page of the server.
    return offlinePage(event.request.url)
  }
}

self.addEventListener('install', () => {
  self.skipWaiting()
})
self.addEventListener('activate', (event) => event.waitUntil(preloads()))
self.addEventListener('fetch', (event) => {
  // A wish to start goes the browser's own way: fetched from here, it would seem to come from our own page.
  const starts = new URL(event.request.url).searchParams.has('start')
  if (event.request.mode === 'navigate' && !starts) event.respondWith(pageOrOffline(event))
})
