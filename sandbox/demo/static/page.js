// The bar over SimCord's preview: switches its channel, and has it look when the bot has written.

const capability = location.hash.slice(1);
const channels = document.getElementById("channels");
const frame = document.getElementById("frame");
const notice = document.getElementById("notice");
const status = document.getElementById("status");

const NEAR_END_PX = 48;

let opening = 0;

function say(text, state) {
  status.textContent = text;
  status.dataset.state = state;
}

function stop(text) {
  say("Ended", "ended");
  frame.hidden = true;
  channels.replaceChildren();
  notice.textContent = text;
  notice.hidden = false;
}

/** Draw the channels' buttons; they stay in place, so that the focus does. */
function drawChannels(names, shown) {
  for (const name of names.slice(channels.childElementCount)) {
    const button = document.createElement("button");
    const hash = document.createElement("span");
    hash.ariaHidden = "true";
    hash.textContent = "#";
    button.type = "button";
    button.dataset.channel = name;
    button.append(hash, name);
    button.addEventListener("click", () => void switchChannel(name));
    channels.append(button);
  }
  for (const button of channels.children) {
    if (button.dataset.channel === shown) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
}

async function switchChannel(name) {
  const viewer = frame.contentWindow?.simcordPreview?.viewerId ?? null;
  const answer = await fetch("/demo/channel", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Gondola-Capability": capability },
    body: JSON.stringify({ channel: name, viewer }),
  });
  if (!answer.ok) say(`#${name} did not open`, "waiting");
}

/** Load the preview that is on show; each opening of a channel is another preview. */
function show(channel) {
  drawChannels(channel.channels, channel.shown);
  document.title = `#${channel.shown} · Gondola`;
  if (channel.opening === opening) return;
  opening = channel.opening;
  delete frame.dataset.state;
  frame.hidden = false;
  // Replacing keeps the browser's Back button out of earlier previews, which are gone.
  frame.contentWindow.location.replace(`/channel?opening=${opening}#${capability}`);
}

/** Dress the preview once it has loaded, and put the cursor where one types. */
function furnish() {
  const page = frame.contentDocument;
  const composer = page?.getElementById("channel-composer");
  if (!composer) return;
  const style = page.createElement("link");
  style.rel = "stylesheet";
  style.href = "/demo/frame.css";
  for (const outcome of ["load", "error"]) {
    style.addEventListener(outcome, () => (frame.dataset.state = "shown"));
  }
  page.head.append(style);
  page.addEventListener("keydown", typeAnywhere);
  followLatest(page.getElementById("channel-timeline"), page.getElementById("channel-message-list"));
  const observer = new MutationObserver(() => {
    if (composer.hidden) return;
    observer.disconnect();
    const sidebar = page.getElementById("messages-toggle");
    if (sidebar?.getAttribute("aria-expanded") === "true") sidebar.click();
    page.getElementById("channel-composer-input")?.focus();
  });
  observer.observe(composer, { attributeFilter: ["hidden"] });
}

/** Keep the end of the conversation in sight while it grows, unless somebody has scrolled away. */
function followLatest(timeline, messages) {
  let isFollowing = true;
  let lastTop = 0;
  timeline.addEventListener("scroll", () => {
    const top = timeline.scrollTop;
    // What grows leaves the top where it is: only a hand moves it up.
    if (timeline.scrollHeight - timeline.clientHeight - top < NEAR_END_PX) isFollowing = true;
    else if (top < lastTop) isFollowing = false;
    lastTop = top;
  });
  const observer = new ResizeObserver(() => {
    if (isFollowing) timeline.scrollTop = timeline.scrollHeight;
  });
  observer.observe(messages);
  observer.observe(timeline);
}

/** Take what is typed to the composer when nothing has the focus; the preview drops it at times. */
function typeAnywhere(event) {
  const page = event.currentTarget;
  if (event.defaultPrevented || page.activeElement !== page.body) return;
  if (event.key === "Enter" && page.querySelector(".command-row")) {
    page.getElementById("channel-composer").requestSubmit();
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    page.getElementById("channel-composer-input")?.focus();
  }
}

/**
 * Have the preview read its state now rather than at its next poll, half a second away.
 * It does so when it comes back from the browser's back-forward cache, and keeps every draft.
 */
function look() {
  const page = frame.contentWindow;
  for (const name of ["pagehide", "pageshow"]) {
    page.dispatchEvent(new page.PageTransitionEvent(name, { persisted: true }));
  }
}

function listen() {
  const events = new EventSource(`/demo/events?capability=${encodeURIComponent(capability)}`);
  events.addEventListener("open", () => say("Live", "live"));
  events.addEventListener("channel", (event) => show(JSON.parse(event.data)));
  events.addEventListener("published", look);
  events.addEventListener("ended", () => {
    events.close();
    stop("The demo has ended. You can close this tab.");
  });
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) {
      stop("Open the address that the terminal shows, with everything after the #.");
    } else {
      say("Connection lost, trying again…", "waiting");
    }
  });
}

frame.addEventListener("load", furnish);
window.addEventListener("hashchange", () => location.reload());
listen();
