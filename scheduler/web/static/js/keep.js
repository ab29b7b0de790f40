// Keeps what is typed in a form while it is typed. Without this file each of its buttons does.

const form = document.querySelector("form[data-keep]");

const typed = () => {
  const fields = new FormData(form);
  // Files go along with sending only.
  for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
  fields.set("knop", "houd");
  return fields;
};

if (form) {
  const told = form.querySelector("[data-kept]");
  let waiting, sending;

  const keep = async () => {
    waiting = undefined;
    sending = new AbortController();
    try {
      const wish = { method: "POST", body: typed(), signal: sending.signal, redirect: "error" };
      told.hidden = !(await fetch(form.action, wish)).ok;
    } catch {
      told.hidden = true;
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 1500);
  });

  // What was sent isn't kept once more behind its back.
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    waiting = undefined;
    sending?.abort();
  });

  addEventListener("pagehide", () => {
    if (waiting) navigator.sendBeacon(form.action, typed());
  });
}
