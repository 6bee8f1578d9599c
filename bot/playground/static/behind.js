// Offers a fresh look once something was said on a phone after this page was made; the page itself stays still.
"use strict";

const said = (live) => JSON.stringify(Object.values(live.phones).map((phone) => phone.items.map((item) => item.state)));
let before = null;
const events = new EventSource("/events");
events.addEventListener("message", (event) => {
  const now = said(JSON.parse(event.data));
  document.getElementById("changed").hidden &&= before === null || before === now;
  before ??= now;
});
window.addEventListener("pagehide", () => events.close());
