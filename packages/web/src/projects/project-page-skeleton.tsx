import { Skeleton, SkeletonText } from '../ui/skeleton.tsx'
import styles from './project-page.module.css'

export function ProjectPageSkeleton() {
  return (
    <div className={styles.project} aria-busy="true">
      <div className={styles.picture}>
        <Skeleton width="100%" height="100%" borderRadius={0} />
      </div>
      <div className={styles.band}>
        <div className={styles.inner}>
          <Skeleton width={90} height={18} />
          <p />
          <Skeleton width="min(480px, 90%)" height={52} />
          <p />
          <Skeleton width="min(560px, 100%)" height={22} />
        </div>
      </div>
      <div className={styles.columns}>
        <div className={styles.main}>
          <Skeleton width={220} height={28} />
          <Skeleton width="100%" height={320} borderRadius={16} />
          <SkeletonText lines={4} />
        </div>
        <div className={styles.side}>
          <Skeleton width="100%" height={54} borderRadius={14} />
          <Skeleton width="100%" height={210} borderRadius={16} />
        </div>
      </div>
    </div>
  )
}
