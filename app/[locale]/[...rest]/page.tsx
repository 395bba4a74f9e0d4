/** Takes every address that no page has, so that "not found" is said inside the layout and in the reader's language. */
import { notFound } from 'next/navigation'

export default function UnknownPage() {
  notFound()
}
