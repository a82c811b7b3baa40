import { Link, type LinkProps } from '@tanstack/react-router'
import { Icon, type IconName } from '../ui/icon.tsx'
import { useAccount } from '../users/queries.ts'
import styles from './bottom-bar.module.css'
import { useHere } from './use-here.ts'

/** The main ways on a phone, within reach of the thumb. */
export function BottomBar() {
  const account = useAccount()
  const next = useHere()
  const me: LinkProps = account
    ? { to: '/account/$name', params: { name: account.name } }
    : { to: '/account/signin', search: { next } }
  return (
    <nav aria-label="Main" className={styles.bar}>
      <Tab link={{ to: '/' }} icon="home" label="Home" />
      <Tab link={{ to: '/project' }} icon="compass" label="Explore" />
      <Tab link={{ to: '/work' }} icon="layers" label="My work" />
      <Tab link={me} icon="person" label="Me" />
    </nav>
  )
}

function Tab({ link, icon, label }: { link: LinkProps; icon: IconName; label: string }) {
  return (
    <Link {...link} className={styles.tab} activeOptions={{ exact: true, includeSearch: false }}>
      <Icon name={icon} size={24} />
      {label}
    </Link>
  )
}
