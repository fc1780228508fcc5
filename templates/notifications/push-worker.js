// Shows what is pushed, and opens its page. Runs without a page of ours: it may use nothing else of the site.
self.addEventListener("push", (event) => {
  const said = event.data?.json() ?? {};
  const shown = { body: said.body ?? "", data: { url: said.url || "/status" } };
  // What is said of one incident takes the place of what was said before, and is heard again.
  if (said.tag) Object.assign(shown, { tag: said.tag, renotify: true });
  event.waitUntil(self.registration.showNotification(said.title || "Status", shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.url));
});

// The browser, or its push service, has made another address: what was asked for goes on there.
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(move(event.oldSubscription, event.newSubscription)));

async function move(old, made) {
  // Some browsers do not say who they were; then the page has to be asked anew.
  if (!old) return;
  const key = (await (await fetch("key")).text()).trim();
  const now = (made ?? (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }))).toJSON();
  const told = { was: old.endpoint, proof: old.toJSON().keys.auth, endpoint: now.endpoint, ...now.keys };
  await fetch("moved", { method: "POST", body: new URLSearchParams(told) });
}
