/** What is being written is kept while its form is closed. */

import { create } from "zustand";

import { BLANK, type Draft } from "./announcement";

interface Kept {
  draft: Draft;
  change: (changes: Partial<Draft>) => void;
}

export const useDraft = create<Kept>()((set) => ({
  draft: BLANK,
  change: (changes) => {
    set(({ draft }) => ({ draft: { ...draft, ...changes } }));
  },
}));
