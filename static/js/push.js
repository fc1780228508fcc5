// Subscribes this browser: asks the visitor, and sends the form that the button stands in to where browsers subscribe.
import { say } from "./words.js";

const place = document.querySelector("[data-push]");
const can = place && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const encoded = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const decoded = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const tell = (text) => {
  place.querySelector("[data-push-said]").textContent = text;
};

function send(told) {
  const form = place.closest("form");
  for (const [name, value] of Object.entries(told)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  form.action = place.dataset.pushTo;
  // The field for an address may be empty: it is not asked for here.
  form.noValidate = true;
  form.submit();
}

async function subscription() {
  const key = decoded((await (await fetch(place.dataset.push)).text()).trim());
  const worker = await navigator.serviceWorker.register(place.dataset.pushWorker);
  const told = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await worker.pushManager.subscribe(told);
  } catch (error) {
    // One made for a key that we no longer have stands in the way.
    const old = await worker.pushManager.getSubscription();
    if (!old) throw error;
    await old.unsubscribe();
    return worker.pushManager.subscribe(told);
  }
}

async function subscribe() {
  if ((await Notification.requestPermission()) !== "granted") {
    tell(say("This browser does not let us show notifications. Its settings for this site say so."));
    return;
  }
  tell(say("Asking the browser…"));
  try {
    const made = await subscription();
    send({ endpoint: made.endpoint, p256dh: encoded(made.getKey("p256dh")), auth: encoded(made.getKey("auth")) });
  } catch {
    tell(say("This browser could not be subscribed. Try again later, or give an email address."));
  }
}

if (can) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", subscribe);
}
