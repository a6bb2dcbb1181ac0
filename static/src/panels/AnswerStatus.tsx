/** Whether a door has answered: what to say of the answer, or why there is none. */

import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Told } from "./answers";

interface Shown extends Told<unknown> {
  className?: string;
  children?: ReactNode;
}

export function AnswerStatus({ answer, failure, className, children }: Shown) {
  const { t } = useTranslation();
  return (
    <>
      <p className={className} role="status">
        {!answer && !failure && t("thoughts.loading")}
        {children}
      </p>
      <p className="failure" role="alert">
        {failure}
      </p>
    </>
  );
}
