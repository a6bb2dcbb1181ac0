/** A field of a form with its label, what is to be known of it, and what is wrong with it. */

import { useId, type ReactNode } from "react";

/** What ties a control to its words. */
export interface Tied {
  id: string;
  "aria-invalid": boolean;
  "aria-describedby": string | undefined;
}

interface Shown {
  label: string;
  hint?: string | undefined;
  /** A sentence; empty if nothing is wrong. */
  fault: string;
  children: (tied: Tied) => ReactNode;
}

export function Field({ label, hint, fault, children }: Shown) {
  const id = useId();
  const described = [fault && `${id}-fault`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-invalid": fault !== "", "aria-describedby": described || undefined })}
      {fault && (
        <p id={`${id}-fault`} className="failure">
          {fault}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="small">
          {hint}
        </p>
      )}
    </div>
  );
}

interface Choices {
  legend: string;
  name: string;
  value: string;
  choices: { value: string; label: string; means?: string }[];
  onChoose: (value: string) => void;
}

/** One of a few, each with what it means. */
export function Choice({ legend, name, value, choices, onChoose }: Choices) {
  const id = useId();
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      {choices.map((each) => (
        <div key={each.value} className={each.means && "explained"}>
          <input
            type="radio"
            id={`${id}-${each.value}`}
            name={name}
            checked={each.value === value}
            aria-describedby={each.means && `${id}-${each.value}-means`}
            onChange={() => {
              onChoose(each.value);
            }}
          />
          <label htmlFor={`${id}-${each.value}`}>{each.label}</label>
          {each.means && (
            <span id={`${id}-${each.value}-means`} className="small">
              {each.means}
            </span>
          )}
        </div>
      ))}
    </fieldset>
  );
}
