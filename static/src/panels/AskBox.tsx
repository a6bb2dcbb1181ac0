/** A box for words to look for; enter asks. */

import { Search } from "lucide-react";
import { useRef, type ReactNode, type RefObject } from "react";

import { LONGEST } from "../memories/asking";

interface Shown {
  label: string;
  example: string;
  ask: string;
  onAsk: (matter: string) => void;
  /** The id of what else is to be known of it. */
  note?: string;
  box?: RefObject<HTMLInputElement | null>;
  children?: ReactNode;
}

export function AskBox({ label, example, ask, onAsk, note, box, children }: Shown) {
  const own = useRef<HTMLInputElement>(null);
  const input = box ?? own;
  return (
    <form
      role="search"
      className="asking"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(input.current?.value ?? "");
      }}
    >
      <input
        ref={input}
        type="search"
        maxLength={LONGEST}
        placeholder={example}
        aria-label={label}
        aria-describedby={note}
      />
      <button type="submit">
        <Search aria-hidden /> {ask}
      </button>
      {children}
    </form>
  );
}
