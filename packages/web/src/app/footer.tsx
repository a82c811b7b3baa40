import { Link } from '@tanstack/react-router'
import { Mark } from '../ui/mark.tsx'
import styles from './footer.module.css'

export function Footer() {
  return (
    <footer className={styles.footer}>
      <div className={styles.inner}>
        <p className={styles.about}>
          <Mark size={24} /> Many small hands, one big picture.
        </p>
        <ul className={styles.links}>
          <li>
            <Link to="/project">Explore</Link>
          </li>
          <li>
            <Link to="/project/new">Create a project</Link>
          </li>
          <li>
            <a href="/api/docs">API</a>
          </li>
        </ul>
      </div>
    </footer>
  )
}
