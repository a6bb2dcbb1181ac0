/** The page begins: language, connection, panels. */

import "./style.css";
import "./sheets/bar.css";
import "./sheets/map.css";
import "./sheets/card.css";
import "./sheets/minds.css";
import "./sheets/dialog.css";
import "./sheets/talk.css";
import "./sheets/memories.css";
import "./sheets/society.css";
import "./sheets/news.css";
import "./sheets/economy.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { MindsWatch } from "./minds/status";
import { App, type Page } from "./panels/App";
import { tellPanels, useShown } from "./store";
import { Stream } from "./stream";
import { startLanguage } from "./words/i18n";

async function begin(root: HTMLElement): Promise<void> {
  await startLanguage();
  const page: Page = {
    world: root.dataset["world"] ?? "",
    operator: root.dataset["operator"] === "true",
    login: root.dataset["login"] ?? "/admin/login/?next=/",
  };
  const minds = new MindsWatch(page.world);
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const query = page.world ? `?world=${encodeURIComponent(page.world)}` : "";
  new Stream(`${scheme}://${location.host}/api/stream${query}`, {
    onTown: (town) => {
      useShown.setState(({ version }) => ({ town, version: version + 1 }));
      minds.look();
    },
    onEvents: (events) => {
      tellPanels(events);
      minds.hear(events);
    },
    onClock: (clock) => {
      useShown.setState({ heard: { clock, heardAt: performance.now() } });
    },
    onConnection: (connection, why = "") => {
      useShown.setState({ connection, why });
    },
  }).open();
  createRoot(root).render(
    <StrictMode>
      <App page={page} />
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root) void begin(root);
