// Sends what must stay a secret past the page's own state: form[data-proof] goes to the server by fetch, and buttons with
// data-passkey ask the device. Every sentence comes from the page or from the server.
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
    const secrets = form.querySelectorAll("input[type=password], input[name=passkey], input[name=code]");
    try {
      await post(form.action, new FormData(form), form);
    } finally {
      for (const field of secrets) field.value = "";
    }
    press(form.dataset.then);
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
    const button = id && document.getElementById(id);
    button?.click();
    return Boolean(button);
  }
})();
