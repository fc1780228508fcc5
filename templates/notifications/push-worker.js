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
