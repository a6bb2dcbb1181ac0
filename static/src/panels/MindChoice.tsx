/** For operators: which mind a resident gets. What is chosen counts only when it is confirmed. */

import { useState } from "react";
import { useTranslation } from "react-i18next";

import { choicesOf, INSTINCT, isModel, type Choice } from "../minds/choices";
import type { Model } from "../minds/wire";
import { giveMind } from "../operator";
import { messageOf } from "../rest";
import type { Resident } from "../town/state";
import { useDoor } from "./answers";
import { useLanguage } from "./language";

/** An order that the town has not carried out yet; before: the mind that it replaces. */
interface Ordered {
  mind: string;
  before: string;
  when: string;
}

export function MindChoice({ resident, world }: { resident: Resident; world: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { answer, failure } = useDoor<{ models: Model[] }>("/api/minds/models", world);
  const [chosen, setChosen] = useState<string | null>(null);
  const [ordered, setOrdered] = useState<Ordered | null>(null);
  const [refusal, setRefusal] = useState("");
  const mind = isModel(resident.mind) ? resident.mind : INSTINCT;
  const value = chosen ?? mind;
  const waits = ordered?.before === mind ? ordered : null;
  const nameOf = (name: string) => (name === INSTINCT ? t("mind.byInstinct") : name);
  const textOf = ({ name, why }: Choice) =>
    why ? t("mind.unusable", { model: name, why }) : nameOf(name);
  const give = async () => {
    setRefusal("");
    try {
      const at = await giveMind(resident.id, value, world, language);
      setOrdered({ mind: value, before: mind, when: at.slice(11, 16) });
      setChosen(null);
    } catch (error) {
      setOrdered(null);
      setRefusal(t("controls.failed", { message: messageOf(error) }));
    }
  };
  return (
    <form
      className="mind-choice"
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== mind) void give();
      }}
    >
      <label>
        {t("mind.choose")}{" "}
        <select
          value={value}
          data-testid="mind"
          onChange={({ target }) => {
            setChosen(target.value);
          }}
        >
          {choicesOf(answer?.models ?? [], mind).map((choice) => (
            <option key={choice.name} value={choice.name} disabled={choice.why !== ""}>
              {textOf(choice)}
            </option>
          ))}
        </select>
      </label>
      <button>{t("mind.give")}</button>
      <p className="small" role="status">
        {waits && t("mind.begins", { when: waits.when, model: nameOf(waits.mind) })}
      </p>
      <p className="failure" role="alert">
        {refusal || failure}
      </p>
    </form>
  );
}
