// Shows how far a plan is while it is being made. Without this file, a link on the page does.

const place = document.querySelector("[data-progress]");

if (place) {
  const source = new EventSource(place.dataset.progress);
  source.addEventListener("progress", (event) => {
    place.innerHTML = event.data;
  });
  source.addEventListener("done", () => {
    source.close();
    location.reload();
  });
}
