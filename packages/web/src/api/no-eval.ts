import { z } from 'zod'

// zod compiles its parsers where it may. The content security policy forbids that, and the attempt alone
// is reported as a violation. Must run before any schema is made: the first import of `main.tsx`.
z.config({ jitless: true })
