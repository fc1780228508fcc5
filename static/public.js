import "./js/time.js";
import "./js/live.js";
