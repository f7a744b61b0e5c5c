/** What the page and the embed load: defines `<interlock-map>`. */

export { InterlockMap } from "./interlock-map.js";
