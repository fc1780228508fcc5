import "./js/time.js";
import "./js/live.js";
import "./js/zone.js";
