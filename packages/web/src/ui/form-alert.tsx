import styles from './form-alert.module.css'
import { Icon } from './icon.tsx'

/** What is wrong with a form as a whole, beside the button that was pressed. */
export function FormAlert({ children }: { children: string | null }) {
  return (
    <div role="alert">
      {children && (
        <p className={styles.alert}>
          <Icon name="warning" />
          {children}
        </p>
      )}
    </div>
  )
}
