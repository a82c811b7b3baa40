import { Link } from '@tanstack/react-router'
import { buttonClass } from '../ui/button.tsx'
import { ColorSchemeToggle } from '../ui/color-scheme-toggle.tsx'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'
import { Avatar } from '../users/avatar.tsx'
import { useAccount } from '../users/queries.ts'
import styles from './top-bar.module.css'
import { useHere } from './use-here.ts'

export function TopBar() {
  const account = useAccount()
  const next = useHere()
  return (
    <header className={styles.bar}>
      <div className={styles.inner}>
        <Link to="/" className={styles.brand} aria-label="Manyhands, home">
          <Mark size={32} />
          <span>Manyhands</span>
        </Link>
        <nav aria-label="Main" className={styles.nav}>
          <Link
            to="/project"
            className={styles.link}
            activeOptions={{ exact: true, includeSearch: false }}
          >
            Explore
          </Link>
          <Link to="/work" className={styles.link}>
            My work
          </Link>
          <Link to="/project/new" className={styles.link}>
            Create
          </Link>
        </nav>
        <div className={styles.tools}>
          <Link to="/project" className={styles.search} aria-label="Search projects">
            <Icon name="search" size={22} />
          </Link>
          <ColorSchemeToggle />
          {account && (
            <Link
              to="/account/$name"
              params={{ name: account.name }}
              className={styles.account}
              aria-label={`Your account, ${account.fullname}`}
            >
              <Avatar name={account.fullname} />
            </Link>
          )}
          {account === null && (
            <Link to="/account/signin" search={{ next }} className={buttonClass()}>
              Sign in
            </Link>
          )}
        </div>
      </div>
    </header>
  )
}
