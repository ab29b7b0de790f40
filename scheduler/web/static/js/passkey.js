// Makes or asks for a passkey and puts what the browser said into the form that stands around it.
// Without this file the button stays hidden, and codes by the clock do the same.

const form = document.querySelector("form[data-passkey]");

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const named = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

const make = async (options) => {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: named(options.excludeCredentials),
  };
  const made = await navigator.credentials.create({ publicKey });
  return said(made, {
    attestationObject: text(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
};

const ask = async (options) => {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: named(options.allowCredentials),
  };
  const signed = await navigator.credentials.get({ publicKey });
  return said(signed, {
    authenticatorData: text(signed.response.authenticatorData),
    signature: text(signed.response.signature),
  });
};

const said = (credential, rest) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  clientExtensionResults: {},
  response: { clientDataJSON: text(credential.response.clientDataJSON), ...rest },
});

if (form && window.PublicKeyCredential) {
  form.hidden = false;
  const problem = form.querySelector("[data-problem]");
  form.addEventListener("submit", async (event) => {
    if (form.elements.antwoord.value) return;
    event.preventDefault();
    problem.hidden = true;
    try {
      const answer = await fetch(form.action);
      const options = await answer.json();
      const found = await (form.dataset.passkey === "make" ? make : ask)(options);
      form.elements.antwoord.value = JSON.stringify(found);
      form.submit();
    } catch {
      problem.hidden = false;
    }
  });
}
