import { Button } from '../ui/button.tsx'
import { toast } from '../ui/toasts.tsx'

/** `what` is copied: "Key copied". */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      toast(`${what} copied`)
    } catch {
      toast('The browser does not let us copy: select the text instead')
    }
  }
  return (
    <Button icon="copy" onClick={() => void copy()}>
      Copy
    </Button>
  )
}
