// What the page asks of the service; a token is asked for once, where one is needed.

const find = (selector) => document.querySelector(selector);

/** The answer as JSON, or an Error that carries the problem document; `body` is data or a form. */
export async function ask(method, path, body) {
  const plain = body !== undefined && !(body instanceof FormData);
  const headers = plain ? { "Content-Type": "application/json" } : {};
  const answer = await fetch(path, { method, headers, body: plain ? JSON.stringify(body) : body });
  if (answer.status === 401) {
    await login();
    return ask(method, path, body);
  }
  const said = await answer.json();
  if (answer.ok || path === "/health") return said;
  throw Object.assign(new Error(said.detail), { problems: said.problems ?? [] });
}

let entering = null;

function login() {
  entering ??= new Promise((done) => {
    const dialog = find("#login");
    dialog.showModal();
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const answer = await fetch("/login", { method: "POST", body: find("#token").value });
      find("#denied").hidden = answer.ok;
      if (!answer.ok) return;
      dialog.close();
      entering = null;
      done();
    });
  });
  return entering;
}
