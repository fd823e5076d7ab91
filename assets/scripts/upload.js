// Hands in chosen files, one request each: form[data-upload]. What became of each is told in its list, in the server's own
// words, and then the page looks again (data-then). Nothing of a file passes through the page's state.
(() => {
  const LISTED = "[data-upload-list]";

  document.addEventListener("change", (event) => {
    const input = event.target.closest("form[data-upload] input[type=file]");
    if (!input) return;
    const files = [...input.files];
    // The same file can be chosen again.
    input.value = "";
    if (files.length) handIn(input.form, files);
  });

  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const form = event.target.closest?.("form[data-upload]");
      if (form) form.dataset.over = kind === "dragenter" || kind === "dragover" ? "yes" : "";
    });
  }

  async function handIn(form, files) {
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    const list = form.parentElement.querySelector(LISTED);
    list.replaceChildren();
    for (const file of files) {
      tellBusy(form, file.name);
      for (const report of await send(form, file)) list.append(note(file.name, report));
    }
    tellBusy(form, "");
    form.ariaBusy = "false";
    document.getElementById(form.dataset.then)?.click();
  }

  async function send(form, file) {
    const refused = (text) => [{ title: form.dataset.refused, text, tone: "s-late", icon: "alert" }];
    if (file.size > Number(form.dataset.most)) return refused(form.dataset.large);
    try {
      const answer = await fetch(form.action, { method: "POST", body: file });
      const said = await answer.json();
      return answer.ok ? said.reports : refused(said.sentence);
    } catch {
      return refused(form.dataset.trouble);
    }
  }

  function tellBusy(form, name) {
    form.querySelector("[data-upload-busy]").textContent = name && form.dataset.busy.replace("{file}", name);
  }

  function note(name, report) {
    const item = document.createElement("li");
    item.className = `vd-note ${report.tone}`;
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    drawing.setAttribute("class", "i");
    drawing.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `/icons.svg#${report.icon}`);
    drawing.append(use);
    const words = document.createElement("div");
    words.append(line("strong", report.title), line("p", report.text), line("p", name, "fs13 mut3"));
    item.append(drawing, words);
    return item;
  }

  function line(kind, text, look = "") {
    const part = document.createElement(kind);
    part.textContent = text;
    if (look) part.className = look;
    return part;
  }
})();
