// The check of names works without this file: it answers while somebody types, and copies the names that may be used.

const PAUSE = 350

function answerWhileTyping(form) {
  const place = document.getElementById(form.dataset.live)
  let waiting, running
  const ask = async () => {
    running?.abort()
    if (!form.elements.use.value || !form.elements.names.value.trim()) {
      place.hidden = true
      return
    }
    running = new AbortController()
    const sent = { method: "POST", headers: { [form.dataset.liveHeader]: "yes" }, body: new URLSearchParams(new FormData(form)), redirect: "manual" }
    const answer = await fetch(form.action, { ...sent, signal: running.signal })
    if (answer.type === "opaqueredirect" || (!answer.ok && answer.status !== 422)) {
      place.hidden = true
      return
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    place.replaceChildren(...page.body.childNodes)
    place.hidden = false
  }
  form.addEventListener("input", () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => ask().catch(() => {}), PAUSE)
  })
  form.addEventListener("submit", () => {
    clearTimeout(waiting)
    running?.abort()
  })
}

function copyNames(button) {
  const field = document.getElementById(button.dataset.copy)
  const said = button.querySelector("[data-copy-said]")
  button.hidden = false
  button.addEventListener("click", async () => {
    field.select()
    try {
      await navigator.clipboard.writeText(field.value)
      said.textContent = "Copied"
    } catch {
      said.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl and C to copy"
    }
  })
}

document.querySelectorAll("form[data-live]").forEach(answerWhileTyping)
document.querySelectorAll("[data-copy]").forEach(copyNames)
