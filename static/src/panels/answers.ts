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

/** What a door tells, asked for again, quietly, whenever `stamp` changes, but not more often than `apart` (ms). */
export function useFreshDoor<Answer>(
  path: string,
  world: string,
  stamp: string,
  apart = APART,
): Told<Answer> {
  const language = useLanguage();
  const asked = `${path} ${language}`;
  const [told, setTold] = useState<Told<Answer> & { asked: string }>();
  const refresher = useRef<Pick<Refresher<unknown>, "ask">>(null);
  useEffect(() => {
    const asking = new Refresher(
      () => get<Answer>(path, world, language),
      (answer) => {
        setTold({ asked, answer, failure: "" });
      },
      apart,
      (error) => {
        // What was told before is better than nothing.
        setTold((known) =>
          known?.asked === asked && known.answer !== null
            ? known
            : { asked, answer: null, failure: messageOf(error) },
        );
      },
    );
    refresher.current = asking;
    return () => {
      asking.stop();
    };
  }, [asked, path, world, language, apart]);
  useEffect(() => {
    refresher.current?.ask();
  }, [asked, world, stamp]);
  return told?.asked === asked ? told : { answer: null, failure: "" };
}

/** How a resident thinks, asked for again, quietly, whenever `stamp` changes. */
export function useMind(resident: number, stamp: string, world: string): ResidentMind | null {
  const path = `/api/agents/${String(resident)}`;
  const { answer } = useFreshDoor<{ state: { mind?: ResidentMind } }>(path, world, stamp);
  return answer?.state.mind ?? null;
}
