import { z } from 'zod'

/** A built-in presenter, composed without code and stored in `project.info.presenter` beside the
 *  owner's own `task_presenter`. `field` names are keys of `task.info`; the answer is stored as
 *  `task_run.info = { answer: … }`. */
export const Presenter = z
  .object({
    version: z.literal(1),
    /** What the volunteer looks at. */
    stimulus: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('image'),
        field: z.string().min(1),
        /** For tiny pictures (a 28 x 28 digit): enlarge without smoothing. */
        pixelated: z.boolean().optional(),
        /** The key of `task.info` that holds the alternative text, if there is one. */
        alt_field: z.string().optional(),
      }),
      z.object({ kind: z.literal('text'), field: z.string().min(1) }),
    ]),
    /** A key of `task.info` shown small under the stimulus (a title, a source). */
    caption_field: z.string().optional(),
    question: z.string().min(1).max(300),
    answer: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('choice'),
        options: z
          .array(z.object({ value: z.string().min(1), label: z.string().min(1).max(80) }))
          .min(2)
          .max(20),
      }),
      z.object({
        kind: z.literal('text'),
        placeholder: z.string().optional(),
        multiline: z.boolean().optional(),
        max_length: z.int().min(1).max(10_000).optional(),
        /** Opens the number keyboard on phones. */
        numeric: z.boolean().optional(),
      }),
    ]),
    /** Markdown-free help text, shown on demand. */
    help: z.string().max(2_000).optional(),
  })
  .meta({ id: 'Presenter' })
export type Presenter = z.infer<typeof Presenter>

/** What a built-in presenter stores as `task_run.info`. */
export const PresenterAnswer = z
  .object({ answer: z.string().min(1) })
  .meta({ id: 'PresenterAnswer' })
export type PresenterAnswer = z.infer<typeof PresenterAnswer>
