import "@cloudscape-design/global-styles/index.css";
import "./app.css";
import { createRoot } from "react-dom/client";
import { currentLanguage, startLanguage } from "../i18n/language.ts";
import { loadPortalConfig } from "../lib/portal-config.ts";
import { leavePreferences, startPreferences } from "../lib/preferences.ts";
import { createServices } from "../lib/services.ts";
import { UserPool } from "../lib/user-pool.ts";
import { Root } from "./Root.tsx";
import { showSignInFirst } from "./show-sign-in-first.ts";

startPreferences();
const [config] = await Promise.all([loadPortalConfig(), startLanguage()]);
const services = createServices(config, new UserPool(config), currentLanguage);
if (services.session.get() === "signed-out") leavePreferences();
showSignInFirst(services.session.get());
createRoot(document.getElementById("root")!).render(<Root services={services} />);
