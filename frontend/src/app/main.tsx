import "@cloudscape-design/global-styles/index.css";
import "./app.css";
import { createRoot } from "react-dom/client";
import { config as zodConfig } from "zod";
import { currentLanguage, startLanguage } from "../i18n/language.ts";
import { loadPortalConfig } from "../lib/portal-config.ts";
import { startPreferences } from "../lib/preferences.ts";
import { createServices } from "../lib/services.ts";
import { UserPool } from "../lib/user-pool.ts";
import { Root } from "./Root.tsx";
import { showSignInFirst } from "./show-sign-in-first.ts";

// Compiled validators would need `unsafe-eval` in the content security policy.
zodConfig({ jitless: true });
startPreferences();
const [config] = await Promise.all([loadPortalConfig(), startLanguage()]);
const services = createServices(config, new UserPool(config), currentLanguage);
showSignInFirst(services.session.get());
createRoot(document.getElementById("root")!).render(<Root services={services} />);
