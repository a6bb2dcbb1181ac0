/** Which memories to show: of one kind, or those that answer to some words. */

import { useId } from "react";
import { useTranslation } from "react-i18next";

import { isKind, KINDS, type Kind } from "../memories/kinds";
import { AskBox } from "./AskBox";

interface Shown {
  kind: Kind | "";
  onWant: (more: { kind?: Kind | ""; matter?: string }) => void;
}

export function MemoryFilter({ kind, onWant }: Shown) {
  const { t } = useTranslation();
  const note = useId();
  return (
    <AskBox
      label={t("memory.ask")}
      example={t("memory.ask")}
      ask={t("memory.search")}
      note={note}
      onAsk={(matter) => {
        onWant({ matter });
      }}
    >
      <label className="filter">
        {t("memory.kindFilter")}
        <select
          value={kind}
          data-testid="memory-kind"
          onChange={({ target: { value } }) => {
            onWant({ kind: isKind(value) ? value : "" });
          }}
        >
          <option value="">{t("memory.all")}</option>
          {KINDS.map((name) => (
            <option key={name} value={name}>
              {t(`memory.kind.${name}`)}
            </option>
          ))}
        </select>
      </label>
      <p className="small" id={note}>
        {t("memory.lexical")}
      </p>
    </AskBox>
  );
}
