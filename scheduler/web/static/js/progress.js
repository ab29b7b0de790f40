// Shows how far something is while it is worked out. Without this file, a link on the page does.

const place = document.querySelector("[data-progress]");
const POLL = 2000;

if (place) {
  const said = document.querySelector("[data-said]");
  const show = (html) => {
    place.innerHTML = html;
    const step = place.querySelector("[data-step]")?.textContent ?? "";
    // Only a new step is read aloud, not every second.
    if (said && said.textContent !== step) said.textContent = step;
  };
  const poll = async () => {
    try {
      const answer = await fetch(place.dataset.poll);
      if (answer.status !== 200 || answer.redirected) {
        location.reload();
        return;
      }
      show(await answer.text());
    } catch {
      // The server is away for a moment; the work goes on and so do we.
    }
    setTimeout(poll, POLL);
  };
  if ("EventSource" in window) {
    const source = new EventSource(place.dataset.progress);
    source.addEventListener("progress", (event) => show(event.data));
    source.addEventListener("done", () => {
      source.close();
      location.reload();
    });
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) poll();
    });
  } else {
    poll();
  }
}
