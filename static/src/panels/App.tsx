/** The page: the map, and what stands beside it. */

import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Banner } from "./Banner";
import { Card } from "./Card";
import { Events } from "./Events";
import { GoingOn } from "./GoingOn";
import { MapView } from "./MapView";
import { News } from "./News";
import { Residents } from "./Residents";
import { Society } from "./Society";
import { Talk } from "./Talk";
import { TopBar } from "./TopBar";

export interface Page {
  world: string;
  operator: boolean;
  login: string;
}

const TABS = ["residents", "talk", "news", "events", "society"] as const;

export function App({ page }: { page: Page }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState<(typeof TABS)[number]>("residents");
  return (
    <div className="page">
      <TopBar page={page} />
      <main className="stage">
        <MapView />
        <Banner />
        <GoingOn />
        <Card page={page} />
      </main>
      <aside className="side">
        <div className="tabs" role="tablist">
          {TABS.map((name) => (
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
              {t(`${name}.tab`)}
            </button>
          ))}
        </div>
        <section role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`} className="panel">
          {tab === "residents" && <Residents />}
          {tab === "talk" && <Talk page={page} />}
          {tab === "news" && <News page={page} />}
          {tab === "events" && <Events />}
          {tab === "society" && <Society page={page} />}
        </section>
      </aside>
    </div>
  );
}
