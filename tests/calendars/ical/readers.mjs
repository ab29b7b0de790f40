// Reads a calendar from stdin with ical.js (Thunderbird, Nextcloud) and with node-ical, and writes
// the instants that each finds as JSON: {reader: {uid: [start, end]}}, in seconds since 1970.
// argv[2] is the package.json whose node_modules hold the two.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.argv[2]);
const data = readFileSync(0, "utf8");

const { default: ICAL } = await import(pathToFileURL(require.resolve("ical.js")));
const calendar = new ICAL.Component(ICAL.parse(data));
const byIcalJs = Object.fromEntries(
  calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return [event.uid, [event.startDate.toUnixTime(), event.endDate.toUnixTime()]];
  }),
);

const nodeIcal = require("node-ical");
const byNodeIcal = Object.fromEntries(
  Object.values(nodeIcal.sync.parseICS(data))
    .filter((each) => each.type === "VEVENT")
    .map((event) => [event.uid, [event.start.getTime() / 1000, event.end.getTime() / 1000]]),
);

console.log(JSON.stringify({ "ical.js": byIcalJs, "node-ical": byNodeIcal }));
