// Subscribes this browser: asks the visitor, fills the form's three hidden fields and sends it as it stands.
// <div data-push="/status/push/key" data-push-worker="/status/push/worker.js" hidden>
//   <button type="button">…</button><p data-push-said role="status"></p>
// </div> inside a form with inputs named endpoint, p256dh and auth.

const place = document.querySelector("[data-push]");
const can = place && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const encoded = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const decoded = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const say = (text) => {
  place.querySelector("[data-push-said]").textContent = text;
};

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
    say("This browser does not let us show notifications. Its settings for this site say so.");
    return;
  }
  say("Asking the browser…");
  try {
    const made = await subscription();
    const { elements } = place.closest("form");
    elements.endpoint.value = made.endpoint;
    elements.p256dh.value = encoded(made.getKey("p256dh"));
    elements.auth.value = encoded(made.getKey("auth"));
    place.closest("form").submit();
  } catch {
    say("This browser could not be subscribed. Try again later, or give an email address.");
  }
}

if (can) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", subscribe);
}
