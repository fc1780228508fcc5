import "./js/push.js";
