/** For operators: letting something be known. What was typed stays until it is announced. */

import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { BLANK, bodyOf, faultsIn, faultsOf, type Draft, type Faults } from "../news/announcement";
import { useDraft } from "../news/draft";
import { announce } from "../operator";
import { messageOf } from "../rest";
import { useShown } from "../store";
import { shownTime } from "../town/clock";
import { whenOf } from "../words/thoughts";
import { AudienceFields, Days, GatheringFields, Texts, UrgencyChoice } from "./AnnounceFields";
import { Dialog } from "./Dialog";
import { Choice } from "./Field";
import { useLanguage } from "./language";

export function Announce({ world, onClose }: { world: string; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const form = useRef<HTMLFormElement>(null);
  const { draft, change } = useDraft();
  const town = useShown(({ town }) => town);
  const heard = useShown(({ heard }) => heard);
  const [faults, setFaults] = useState<Faults>({});
  const [refusals, setRefusals] = useState(0);
  const [told, setTold] = useState({ sending: false, done: "", failure: "" });
  useEffect(() => {
    if (refusals > 0) firstFaulty(form.current)?.focus();
  }, [refusals]);
  if (!town || !heard) return null;
  const edit = (changes: Partial<Draft>) => {
    change(changes);
    const mended = new Set(Object.keys(changes));
    setFaults((known) =>
      Object.fromEntries(Object.entries(known).filter(([field]) => !mended.has(field))),
    );
    setTold((known) => ({ ...known, done: "", failure: "" }));
  };
  const refuse = (found: Faults, failure: string) => {
    setFaults(found);
    setRefusals((known) => known + 1);
    setTold({ sending: false, done: "", failure });
  };
  const send = async () => {
    if (told.sending) return;
    const found = faultsOf(draft, shownTime(heard, performance.now()));
    const count = Object.keys(found).length;
    if (count > 0) {
      refuse(found, t("announcing.faulty", { count }));
      return;
    }
    setFaults({});
    setTold({ sending: true, done: "", failure: "" });
    try {
      const body = bodyOf(draft, town.snapshot.world.first_day);
      const when = whenOf(await announce(body, world, language));
      if (useDraft.getState().draft === draft) change(BLANK);
      setTold({ sending: false, done: t("announcing.done", { when }), failure: "" });
    } catch (error) {
      refuse(faultsIn(error), t("announcing.failed", { message: messageOf(error) }));
    }
  };
  const fields = { draft, faults, onEdit: edit };
  return (
    <Dialog title={t("announcing.title")} onClose={onClose}>
      <form
        ref={form}
        noValidate
        className="announcing"
        data-testid="announcing"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Choice
          legend={t("announcing.what")}
          name="what"
          value={draft.what}
          choices={(["announcement", "gathering"] as const).map((value) => ({
            value,
            label: t(`announcing.${value}`),
          }))}
          onChoose={(what) => {
            edit({ what: what as Draft["what"] });
          }}
        />
        {draft.what === "gathering" && <GatheringFields {...fields} town={town} />}
        <Texts {...fields} />
        {draft.what === "announcement" && <AudienceFields {...fields} town={town} />}
        <UrgencyChoice {...fields} />
        <Days {...fields} />
        <p className="failure" role="alert">
          {told.failure}
        </p>
        <p role="status" data-testid="announced">
          {told.sending ? t("announcing.sending") : told.done}
        </p>
        <button type="submit" aria-disabled={told.sending}>
          {t("announcing.send")}
        </button>
      </form>
    </Dialog>
  );
}

function firstFaulty(form: HTMLFormElement | null): HTMLElement | null | undefined {
  return form?.querySelector<HTMLElement>('[aria-invalid="true"]');
}
