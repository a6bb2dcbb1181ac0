/** What REST doors answer, for panels: once for an address, or again as often as something changes. */

import { useEffect, useRef, useState } from "react";

import type { ResidentMind } from "../minds/wire";
import { Refresher } from "../refresher";
import { get, messageOf } from "../rest";
import { useLanguage } from "./language";

const APART = 3000;

export interface Told<Answer> {
  answer: Answer | null;
  failure: string;
}

/** What a door tells; neither an answer nor a failure while it is being asked. */
export function useDoor<Answer>(path: string, world: string): Told<Answer> {
  const language = useLanguage();
  const asked = `${path} ${language}`;
  const [told, setTold] = useState<Told<Answer> & { asked: string }>();
  useEffect(() => {
    let over = false;
    get<Answer>(path, world, language).then(
      (answer) => {
        if (!over) setTold({ asked, answer, failure: "" });
      },
      (error: unknown) => {
        if (!over) setTold({ asked, answer: null, failure: messageOf(error) });
      },
    );
    return () => {
      over = true;
    };
  }, [asked, path, world, language]);
  return told?.asked === asked ? told : { answer: null, failure: "" };
}

/** How a resident thinks, asked for again, quietly, whenever `stamp` changes. */
export function useMind(resident: number, stamp: string, world: string): ResidentMind | null {
  const language = useLanguage();
  const [known, setKnown] = useState<{ resident: number; mind: ResidentMind | null }>();
  const refresher = useRef<Pick<Refresher<unknown>, "ask">>(null);
  useEffect(() => {
    const asking = new Refresher(
      () =>
        get<{ state: { mind?: ResidentMind } }>(`/api/agents/${String(resident)}`, world, language),
      ({ state }) => {
        setKnown({ resident, mind: state.mind ?? null });
      },
      APART,
    );
    refresher.current = asking;
    return () => {
      asking.stop();
    };
  }, [resident, world, language]);
  useEffect(() => {
    refresher.current?.ask();
  }, [resident, world, language, stamp]);
  return known?.resident === resident ? known.mind : null;
}
