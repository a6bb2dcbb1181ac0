/** The page: the map, and what stands beside it. */

import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Banner } from "./Banner";
import { Card } from "./Card";
import { Events } from "./Events";
import { MapView } from "./MapView";
import { Residents } from "./Residents";
import { TopBar } from "./TopBar";

export interface Page {
  world: string;
  operator: boolean;
  login: string;
}

export function App({ page }: { page: Page }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState<"residents" | "events">("residents");
  return (
    <div className="page">
      <TopBar page={page} />
      <main className="stage">
        <MapView />
        <Banner />
        <Card page={page} />
      </main>
      <aside className="side">
        <div className="tabs" role="tablist">
          {(["residents", "events"] as const).map((name) => (
            <button
              key={name}
              role="tab"
              id={`tab-${name}`}
              aria-selected={tab === name}
              aria-controls={`panel-${name}`}
              data-testid={`tab-${name}`}
              onClick={() => {
                setTab(name);
              }}
            >
              {t(`${name}.title`)}
            </button>
          ))}
        </div>
        <section role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`} className="panel">
          {tab === "residents" ? <Residents /> : <Events />}
        </section>
      </aside>
    </div>
  );
}
