// Sends what must stay a secret past the page's own state: form[data-proof] goes to the server by fetch, and buttons with
// data-passkey ask the device. Answers to be seen once are shown by [data-fill] and copied by [data-copy]. Every sentence
// comes from the page or from the server.
(() => {
  const QUESTIONS = { register: "/auth/passkey/register/question" };
  const QUESTION = "/auth/passkey/question";

  class Refused extends Error {
    constructor(sentence, code) {
      super(sentence);
      this.code = code;
    }
  }

  if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    document.documentElement.dataset.passkeys = "yes";
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-proof]");
    if (!form) return;
    event.preventDefault();
    attempt(form, () => send(form));
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-passkey]");
    if (!button) return;
    event.preventDefault();
    const form = button.form ?? button.closest("form");
    attempt(form, () => usePasskey(form, button.dataset.passkey));
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) navigator.clipboard?.writeText(document.getElementById(button.dataset.copy).innerText);
  });

  // One attempt of a form at a time; what goes wrong is said in the form.
  async function attempt(form, act) {
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    say(form, "");
    try {
      await act();
    } catch (problem) {
      if (problem.code === "check_needed" && press(form.dataset.check)) return;
      say(form, problem instanceof Refused ? problem.message : form.dataset.trouble);
    } finally {
      form.ariaBusy = "false";
    }
  }

  async function usePasskey(form, use) {
    const options = await post(QUESTIONS[use] ?? QUESTION, { for: use }, form);
    form.elements.passkey.value = JSON.stringify(await ask(use, await options.json(), form));
    if (form.matches("[data-proof]")) await send(form);
    else form.submit();
  }

  async function ask(use, options, form) {
    const known = PublicKeyCredential;
    try {
      const credential = use === "register"
        ? await navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(options) });
      return credential.toJSON();
    } catch (problem) {
      // The device says the same for a prompt that was cancelled, that timed out, and that found no passkey.
      const isKnown = problem.name === "InvalidStateError";
      throw new Refused(isKnown ? form.dataset.known : form.dataset.cancelled, problem.name);
    }
  }

  async function send(form) {
    // A new password that is refused stays, to be made better.
    const secrets = form.querySelectorAll("[autocomplete=current-password], [name=passkey], [name=code]");
    try {
      const answer = await post(form.action, new FormData(form), form);
      if (form.dataset.fills) fill(document.getElementById(form.dataset.fills), await answer.json());
    } finally {
      for (const field of secrets) field.value = "";
    }
    press(form.dataset.then);
  }

  // What is shown this once: a secret to copy, the picture of one, codes to keep.
  function fill(place, values) {
    for (const [name, value] of Object.entries(values)) {
      const spot = place.querySelector(`[data-fill=${name}]`);
      if (Array.isArray(value)) spot.replaceChildren(...value.map(listItem));
      else if (spot.matches("img")) spot.src = value;
      else spot.textContent = value;
    }
  }

  function listItem(text) {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }

  async function post(address, fields, form) {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields) });
    if (answer.ok) return answer;
    const said = await answer.json().catch(() => ({}));
    throw new Refused(said.sentence ?? form.dataset.trouble, said.error);
  }

  function say(form, sentence) {
    const place = form.querySelector("[data-proof-error]");
    if (place) place.textContent = sentence;
    if (sentence) form.querySelector("input:not([type=hidden])")?.focus();
  }

  function press(id) {
    const button = document.getElementById(id ?? "");
    button?.click();
    return Boolean(button);
  }
})();
