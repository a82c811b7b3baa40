import type { ProjectCard } from '@manyhands/shared/projects/contract'
import { ProjectCardLink, ProjectCardSkeleton } from './project-card.tsx'
import styles from './project-grid.module.css'

export function ProjectGrid({ projects }: { projects: ProjectCard[] }) {
  return (
    <ul className={styles.grid}>
      {projects.map((project) => (
        <li key={project.id}>
          <ProjectCardLink project={project} />
        </li>
      ))}
    </ul>
  )
}

export function ProjectGridSkeleton({ count = 6 }: { count?: number }) {
  return (
    <div className={styles.grid} aria-busy="true">
      {Array.from({ length: count }, (_, index) => `card ${index}`).map((card) => (
        <ProjectCardSkeleton key={card} />
      ))}
    </div>
  )
}
