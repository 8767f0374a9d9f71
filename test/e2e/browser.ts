export {openBrowser, serveApp, type BrowserOptions, type Served} from "../../scripts/browser.ts";
