/** Files of the town to keep: what was said and paid, who is what to whom, and how the days went. */

import { Download } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { filesOf, type FileLink } from "../society/files";
import { useLanguage } from "./language";

export function Files({ world }: { world: string }) {
  const { t } = useTranslation();
  const label = useId();
  return (
    <section aria-labelledby={label} className="files" data-testid="files">
      <h2 id={label}>{t("files.title")}</h2>
      <Links what="conversations" world={world} />
      <Links what="network" world={world} />
      <Links what="transactions" world={world} />
      <Links what="timeseries" world={world} />
      <p className="small">{t("files.limit")}</p>
    </section>
  );
}

function Links({ what, world }: { what: FileLink["what"]; world: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const label = useId();
  return (
    <>
      <p id={label}>{t(`files.${what}`)}</p>
      <ul className="actions" aria-labelledby={label}>
        {filesOf(what, world, language).map(({ format, href }) => (
          <li key={format}>
            <a
              className="file"
              href={href}
              download
              aria-label={t("files.link", {
                what: t(`files.${what}`),
                format: t(`files.format.${format}`),
              })}
            >
              <Download aria-hidden /> {t(`files.format.${format}`)}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
